package dev.hone.dsl.feel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Where;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeelInterpreterTest {

    private final FeelInterpreter interpreter = new FeelInterpreter();
    private final Map<String, @Nullable Object> names = new HashMap<>();

    FeelInterpreterTest() {
        names.put("n", 3);
        names.put("zero", 0L);
        names.put("half", 0.5);
        names.put("t", "abc");
        names.put("nothing", null);
        names.put("vis", Map.of("pass", false, "fraction", new BigDecimal("0.25")));
        names.put("l", List.of(Map.of("score", 1, "text", "a"), Map.of("score", 2, "text", "b")));
    }

    private @Nullable Object evaluate(String text) throws FeelSyntaxException, FeelFailure {
        return interpreter.evaluate(new Expression(text, FeelReader.read(text), new Where("x", 1, 1)), names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "2 * n + 1              | 7",
                "1..n                   | [1, 2, 3]",
                "1..zero                | []",
                "[1..n]                 | [1, 2, 3]",
                "for i in 1..zero return i | []",
                "for i in 1..2, j in 1..2 return i * j | [1, 2, 2, 4]",
                "not(vis.pass)          | true",
                "vis.fraction >= half   | false",
                "l[item.score > 1].text | [b]",
                "l[score > 1].text      | [b]",
                "l[-1].text             | b",
                "max(l.score)           | 2",
                "n between 1 and 3      | true",
                "n in [1, 2]            | false",
                "count(l) between 3 and 4 | false",
                "t = 'abc' and t instance of string | true",
                "{a: n, b: a + 1}       | {a=3, b=4}",
                "missing                | null",
                "missing.field          | null",
                "vis.missing            | null",
                "nothing = null         | true",
                "not(missing)           | null",
                "if missing then 1 else 2 | 2",
                "0.1 + 0.2              | 0.3",
                "date('2026-01-01') + duration('P1D') | 2026-01-02",
                "upper case(t)          | ABC",
            })
    void computes(String text, String value) throws FeelSyntaxException, FeelFailure {
        assertThat(String.valueOf(evaluate(text))).isEqualTo(value);
    }

    @Test
    void numbersAreExactAndCollectionsPlain() throws FeelSyntaxException, FeelFailure {
        assertThat(evaluate("12345678901234567890.5 + half")).isEqualTo(new BigDecimal("12345678901234567891.0"));
        assertThat(evaluate("[{a: half}]")).isEqualTo(List.of(Map.of("a", new BigDecimal("0.5"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "t + 1       | The expression 't + 1' has no value: Can't add '1' to '\"abc\"'.",
                "missing < 1 | The expression 'missing < 1' has no value: Can't compare 'null' with '1'.",
                "t.length    | The expression 't.length' has no value: No property found with name 'length' of value '\"abc\"'. Available properties: .",
                "n / zero    | The expression 'n / zero' has no value: Can't divide '3' by '0'.",
            })
    void aMistakeIsAFailure(String text, String message) {
        assertThat(catchThrowableOfType(FeelFailure.class, () -> evaluate(text)))
                .hasMessage(message);
    }

    @Test
    void hugeRangesFail() {
        assertThat(catchThrowableOfType(FeelFailure.class, () -> evaluate("1..1000000000000")))
                .hasMessageContaining("a range of so many numbers");
    }

    @Test
    void javaObjectsAreNotLookedInto() {
        names.put("thread", Thread.currentThread());
        names.put("deep", List.of(new StringBuilder()));
        assertThat(catchThrowableOfType(FeelFailure.class, () -> evaluate("thread.name")))
                .hasMessage("A value of the Java type java.lang.Thread cannot be read by an expression.");
        assertThat(catchThrowableOfType(FeelFailure.class, () -> evaluate("deep")))
                .hasMessageContaining("java.lang.StringBuilder");
    }

    @Test
    void severalThreadsMayCompute() {
        assertThat(IntStream.range(0, 2_000).parallel().mapToObj(i -> {
                    try {
                        String text = i + " + count(l)";
                        return interpreter.evaluate(
                                new Expression(text, FeelReader.read(text), new Where("x", 1, 1)), names);
                    } catch (FeelSyntaxException | FeelFailure e) {
                        throw new AssertionError(e);
                    }
                }))
                .containsExactlyElementsOf(
                        IntStream.range(2, 2_002).mapToObj(BigDecimal::valueOf).toList());
    }
}
