package dev.hone.dsl.feel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeelReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1..n                                   | 1..n",
                "[1..n]                                 | 1..n",
                "2*n*m + n                              | 2 * n * m + n",
                "2*(n+1)                                | 2 * (n + 1)",
                "a - (b - c)                            | a - (b - c)",
                "-n ** 2                                | -n ** 2",
                "critique.kind = 'no_issue'             | critique.kind = \"no_issue\"",
                "not(vis.pass) and left.calls<k         | not(vis.pass) and left.calls < k",
                "a or b and c                           | a or b and c",
                "(a or b) and c                         | (a or b) and c",
                "x between 1 and 3                      | x >= 1 and x <= 3",
                "x in [1..3]                            | x >= 1 and x <= 3",
                "x in [1, 3]                            | list contains([1, 3], x)",
                "f(1) between 1 and 3                   | ",
                "count(x) between 1 and 3               | count(x) between 1 and 3",
                "x instance of number                   | x instance of number",
                "for i in 1..3, j in l return i*j       | for i in 1..3, j in l return i * j",
                "every i in [1, 2] satisfies i>0        | every i in [1, 2] satisfies i > 0",
                "l[item.score>0.5][1].text              | l[item.score > 0.5][1].text",
                "{a: 1, 'b c': [2]}.a                   | {a: 1, \"b c\": [2]}.a",
                "string length(t) > 2 // comment        | string length(t) > 2",
                "date and time('2026-01-01T00:00:00')   | date and time(\"2026-01-01T00:00:00\")",
                "if a then b else if c then d else null | if a then b else if c then d else null",
                "`a b`.`in`                             | `a b`.`in`",
            })
    void readsAndPrints(String text, String printed) throws FeelSyntaxException {
        if (printed == null) {
            Assertions.assertThrows(FeelSyntaxException.class, () -> FeelReader.read(text));
        } else {
            assertThat(FeelText.print(FeelReader.read(text))).isEqualTo(printed);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~                 | 0  | Expected a value, found the end of the expression.",
                "1 +                | 3  | Expected a value, found the end of the expression.",
                "n % 2              | 2  | The character '%' has no meaning here.",
                "cuont(l)           | 0  | There is no function 'cuont'; 'count' is near.",
                "1 + count(l, 2)    | 4  | 'count' takes 1 argument, not 2.",
                "now()              | 0  | There is no function 'now'; 'not' is near.",
                "a b                | 2  | Expected an operator or the end, found 'b'.",
                "function(x) x      | 0  | An expression cannot define functions.",
                "max(a: 1)          | 4  | Arguments are given by position, without their names.",
                "if a then b        | 11 | Expected 'else', found the end of the expression.",
                "for in in l return | 4  | Expected a name, found 'in'.",
                "{a: 1, a: 2}       | 7  | The key 'a' is used twice.",
                "'\\q'              | 1  | The escape \\q is unknown; write \\\\ for a backslash.",
            })
    void saysWhereReadingStopped(String text, int offset, String message) {
        FeelSyntaxException e = catchThrowableOfType(FeelSyntaxException.class, () -> FeelReader.read(text));
        assertThat(e).hasMessage(message);
        assertThat(e.offset()).isEqualTo(offset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{a:", "count((", "for x in [", "if a then (", "a[", "-(", "not(", "1+(", "x.y["})
    void deepNestingIsRefusedAtOnce(String open) {
        Assertions.assertTimeout(Duration.ofSeconds(1), () -> {
            FeelSyntaxException e = catchThrowableOfType(
                    FeelSyntaxException.class, () -> FeelReader.read(open.repeat(3_999 / open.length())));
            assertThat(e).hasMessageContaining("nested more than 60 levels");
        });
    }

    @Test
    void sixtyLevelsAreRead() throws FeelSyntaxException {
        assertThat(FeelReader.read("(".repeat(59) + "1" + ")".repeat(59))).isEqualTo(FeelReader.read("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", ".a", "[1]", " and a", "**2"})
    void longChainsAreRefused(String link) {
        FeelSyntaxException e =
                catchThrowableOfType(FeelSyntaxException.class, () -> FeelReader.read("a" + link.repeat(500)));
        assertThat(e).hasMessage("The expression has more than 400 operators.");
    }

    @Test
    void longTextsAreRefused() {
        FeelSyntaxException e =
                catchThrowableOfType(FeelSyntaxException.class, () -> FeelReader.read("1".repeat(4_001)));
        assertThat(e).hasMessage("The expression is 4001 characters long; 4000 are allowed.");
    }
}
