package dev.hone.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files made to exhaust the reader are refused at once. */
class LimitsTest {

    static Stream<Arguments> hostile() {
        String head = "hone: 1\nname: x\nflow: []\n";
        String laughs = "a0: &a0 [x, x]\n"
                + IntStream.range(1, 40)
                        .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n")
                        .reduce("", String::concat);
        String many = IntStream.range(0, 50_000)
                .mapToObj(i -> "k" + i + ": 1\n")
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                .toString();
        return Stream.of(
                Arguments.of("a billion laughs", laughs + head, ProblemCode.YAML_UNSUPPORTED),
                Arguments.of("a text of 10 MB", "name: " + "x".repeat(10_000_000), ProblemCode.YAML_TOO_LARGE),
                Arguments.of("a long name", "hone: 1\nflow: []\nname: " + "x".repeat(900_000), ProblemCode.BAD_NAME),
                Arguments.of("100,000 lists", head + "params: " + "[".repeat(100_000), ProblemCode.YAML_UNSUPPORTED),
                Arguments.of(
                        "100,000 mappings", head + "params: " + "{a: ".repeat(100_000), ProblemCode.YAML_UNSUPPORTED),
                Arguments.of("100,000 dashes", "- ".repeat(100_000), ProblemCode.YAML_UNSUPPORTED),
                Arguments.of("100,000 questions", "? ".repeat(100_000), ProblemCode.YAML_UNSUPPORTED),
                Arguments.of("one key 50,000 times", head + "n: 1\n".repeat(50_000), ProblemCode.DUPLICATE_KEY),
                Arguments.of("50,000 keys", head + many, ProblemCode.UNKNOWN_KEY),
                Arguments.of("a huge number", head + "budget: {calls: 1e999999999}", ProblemCode.FEEL_SYNTAX),
                Arguments.of(
                        "a long duration", head + "budget: {time: PT" + "9".repeat(100) + "H}", ProblemCode.WRONG_TYPE),
                Arguments.of(
                        "a deep expression",
                        head + "budget: {calls: \"= " + "count((".repeat(500) + "\"}",
                        ProblemCode.FEEL_SYNTAX),
                Arguments.of(
                        "10,000 keys that are no text",
                        head + "? [a]\n: 1\n".repeat(10_000),
                        ProblemCode.YAML_UNSUPPORTED),
                Arguments.of(
                        "a line of 300,000 values",
                        head + "nope: [" + "𝒳,".repeat(300_000) + "]",
                        ProblemCode.UNKNOWN_KEY),
                Arguments.of(
                        "100,000 anchors",
                        head + "params: [" + "&a 1, ".repeat(100_000) + "]",
                        ProblemCode.YAML_UNSUPPORTED),
                Arguments.of(
                        "maps in maps", "hone: 1\nname: x\nflow: " + nested(30) + "\n", ProblemCode.YAML_UNSUPPORTED),
                Arguments.of(
                        "10,000 steps of one id",
                        head("flow:") + "  - exec: {id: a, tool: t}\n".repeat(10_000),
                        ProblemCode.DUPLICATE_ID),
                Arguments.of(
                        "40,000 steps without one",
                        head("flow:") + "  - exec: {tool: t}\n".repeat(40_000),
                        ProblemCode.UNKNOWN_TOOL),
                Arguments.of("9,000 slots and calls that name others", slotsAndCalls(9_000), ProblemCode.UNKNOWN_SLOT),
                Arguments.of("15,000 names that are not known", names(15_000), ProblemCode.UNKNOWN_NAME),
                Arguments.of(
                        "10,000 rules",
                        head("flow: [{call: {role: a}}]\nslots: {a: {kind: model, init: local/a}}\nrules:")
                                + "  - {fact: budget, when: \"exhausted\", then: {exit: no}}\n".repeat(10_000),
                        ProblemCode.UNKNOWN_TARGET),
                Arguments.of(
                        "a sum of 100,000 ones",
                        head + "budget: {calls: \"= 1" + "+1".repeat(100_000) + "\"}",
                        ProblemCode.FEEL_SYNTAX),
                Arguments.of(
                        "a path of 100,000 names",
                        head + "budget: {calls: \"= a" + ".a".repeat(100_000) + "\"}",
                        ProblemCode.FEEL_SYNTAX),
                Arguments.of(
                        "100,000 signs",
                        head + "budget: {calls: \"= " + "-".repeat(100_000) + "1\"}",
                        ProblemCode.FEEL_SYNTAX),
                Arguments.of(
                        "90,000 conditions",
                        head + "budget: {calls: \"= " + "if a then ".repeat(90_000) + "1\"}",
                        ProblemCode.FEEL_SYNTAX),
                Arguments.of(
                        "a list of 100,000 ones",
                        head + "budget: {calls: \"= count([1" + ",1".repeat(100_000) + "])\"}",
                        ProblemCode.FEEL_SYNTAX),
                Arguments.of(
                        "a type in 60 types",
                        "hone: 1\nname: x\nflow: []\ninput: {a: " + "{type: list, items: ".repeat(70) + "text"
                                + "}".repeat(70) + "}",
                        ProblemCode.YAML_UNSUPPORTED),
                Arguments.of(
                        "a prompt of 900,000 names",
                        "hone: 1\nname: x\nslots: {a: {kind: model, init: local/a}}\nflow:\n  - call: {role: a, prompt: \""
                                + "{{b}} ".repeat(140_000) + "\"}",
                        ProblemCode.UNKNOWN_NAME),
                Arguments.of("a control character", "hone: 1\nname: \u0007\n", ProblemCode.YAML_SYNTAX),
                Arguments.of("half a character", "name: \uD800", ProblemCode.YAML_SYNTAX),
                Arguments.of("a directive", "%YAML 9.9\n---\n" + head, ProblemCode.YAML_SYNTAX));
    }

    /** The parser reads in pieces, and a character of two units may stand where one ends. */
    @Test
    void aCharacterOfTwoUnitsMayStandAnywhere() {
        for (int length = 900; length < 2_200; length++) {
            String text = "# " + "x".repeat(length) + "𝒳\nhone: 1\nname: x\nflow: []\n";
            assertThat(FixtureTest.problems("x.yaml", text))
                    .as("after %s", length)
                    .isEmpty();
        }
    }

    private static String head(String next) {
        return "hone: 1\nname: x\n" + next + "\n";
    }

    private static String nested(int depth) {
        return "[{map: {over: {i: \"= 1..2\"}, do: ".repeat(depth) + "[]" + "}}]".repeat(depth);
    }

    private static String slotsAndCalls(int n) {
        StringBuilder text = new StringBuilder("hone: 1\nname: x\nslots:\n");
        IntStream.range(0, n).forEach(i -> text.append("  slot" + i + ": {kind: model, init: local/a}\n"));
        text.append("flow:\n");
        IntStream.range(0, n).forEach(i -> text.append("  - call: {role: slut" + i + ", out: a" + i + "}\n"));
        return text.toString();
    }

    private static String names(int n) {
        StringBuilder text = new StringBuilder("hone: 1\nname: x\nslots: {a: {kind: model, init: local/a}}\nflow:\n");
        IntStream.range(0, n)
                .forEach(
                        i -> text.append("  - call: {role: a, in: {x: \"= known" + i + "x\"}, out: known" + i + "}\n"));
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void hostile(String name, String text, ProblemCode code) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            List<Problem> problems = FixtureTest.problems("x.yaml", text);
            assertThat(problems).extracting(Problem::code).contains(code);
            assertThat(problems).hasSizeLessThanOrEqualTo(200);
            assertThat(problems)
                    .allSatisfy(problem -> assertThat(problem.toString()).hasSizeLessThan(600));
        });
    }
}
