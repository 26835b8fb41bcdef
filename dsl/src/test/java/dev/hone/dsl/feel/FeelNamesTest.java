package dev.hone.dsl.feel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeelNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task.examples[1].in + n                       | task.examples, n",
                "for i in list, j in i.items return i + j + k  | list, k",
                "some i in a satisfies i = partial             | a, partial",
                "for i in a return partial                     | a",
                "cand[item.score > best]                       | cand, best",
                "{a: n, b: a}.b                                | n",
                "count(l) between lo and hi                    | l, lo, hi",
                "n + n                                         | n",
                "if a then b else c instance of d              | a, b, c",
                "1..n                                          | n",
                "[i][i > 0]                                    | i, i",
            })
    void onlyTheNamesOfTheScopeAreFree(String text, String names) throws FeelSyntaxException {
        assertThat(FeelNames.free(FeelReader.read(text))).map(Object::toString).containsExactly(names.split(", "));
    }
}
