package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What public reference code lets the hidden tests do, tried with the workflows of the catalogue. The published loop of
 * Reflexion evaluates the hidden tests after each trial and stops when they pass; that of LATS adds their result to the reward
 * and stops on it. Here the compiler refuses each, at its line.
 */
class LeaksTest {

    /** Evaluates the hidden tests in mid-run, as a signal that only the measurement may see. */
    private static final String EVALUATE_SEALED = """
            - exec: {id: evaluate, tool: listprog-run, in: {program: "= draft", cases: "= task.examples"}, out: real, as: {kind: verdict, visibility: sealed}}
            """;

    private static final String EVALUATE = """
            - exec: {id: evaluate, tool: listprog-run, in: {program: "= draft", cases: "= hidden"}, out: real, as: verdict}
            """;

    private static final String TRAIN = """
            - train: {id: fit, trainer: few-shot, into: examples, data: {from: attempts, keep: "= score > 0", example: "= item"}}
            """;

    /**
     * A workflow of the catalogue with a leak.
     *
     * @param how in words
     * @param leaking begins in the line that the problem must stand at
     */
    record Leak(String workflow, String how, String text, String leaking, ProblemCode code) {

        @Override
        public String toString() {
            return workflow + ": " + how;
        }

        long line() {
            assertThat(text).containsOnlyOnce(leaking);
            int at = text.indexOf(leaking);
            return 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
        }
    }

    static Stream<Leak> leaks() {
        String reflexion = text("reflexion");
        String tree = text("tree-search");
        String test = "      - exec:\n          id: test\n";
        String tell = "      - tell: {policy: grow, trial: \"= move.trial\", score: \"= checked.fraction\"";
        String rules = "rules:\n";
        return Stream.of(
                // The retry.
                leak(
                        "reflexion",
                        "the loop evaluates the hidden tests",
                        before(reflexion, test, EVALUATE.indent(6)),
                        "id: evaluate"),
                leak(
                        "reflexion",
                        "the loop ends when the measured name is true",
                        with(reflexion, "- loop: {id: again, max:", "- loop: {id: again, until: \"= solved\", max:"),
                        "until: \"= solved\""),
                leak(
                        "reflexion",
                        "who retries depends on whether it is solved",
                        with(
                                reflexion,
                                "role: \"= if count(notes[item.draft = draft]) > 0",
                                "role: \"= if not(solved)"),
                        "not(solved)"),
                leak(
                        "reflexion",
                        "the tests of the retry are the hidden ones",
                        with(
                                reflexion,
                                "in: {program: \"= draft\", cases: \"= concatenate(task.examples, slot.tests)\"}",
                                "in: {program: \"= draft\", cases: \"= concatenate(task.examples, hidden)\"}"),
                        "concatenate(task.examples, hidden)"),
                leak(
                        "reflexion",
                        "the tests that it writes itself are the hidden ones",
                        with(reflexion, "set: tests, to: \"= compared.tests\"", "set: tests, to: \"= hidden\""),
                        "set: tests, to: \"= hidden\""),
                // A rule.
                leak(
                        "reflexion",
                        "a rule stops on the sealed verdict",
                        after(
                                before(reflexion, test, EVALUATE_SEALED.indent(6)),
                                rules,
                                "  - {id: leak, fact: verdict, when: \"real.pass\", then: {exit: again}}\n"),
                        "id: leak"),
                leak(
                        "tree-search",
                        "the search stops on the hidden tests",
                        after(tree, rules, "  - {id: leak, fact: verdict, when: \"solved\", then: {exit: search}}\n"),
                        "id: leak"),
                // The score, which chooses the result.
                leak(
                        "reflexion",
                        "the hidden tests score the attempts",
                        with(
                                reflexion,
                                "in: {program: \"= item\", cases: \"= task.examples\"}",
                                "in: {program: \"= item\", cases: \"= hidden\"}"),
                        "in: {program: \"= item\", cases: \"= hidden\"}"),
                leak(
                        "tree-search",
                        "the hidden tests score the nodes",
                        with(
                                tree,
                                "in: {program: \"= item\", cases: \"= task.examples\"}",
                                "in: {program: \"= item\", cases: \"= hidden\"}"),
                        "in: {program: \"= item\", cases: \"= hidden\"}"),
                // The reward.
                leak(
                        "tree-search",
                        "the reward adds the result of the hidden tests",
                        with(
                                before(tree, tell, EVALUATE_SEALED.indent(6)),
                                "score: \"= checked.fraction\"",
                                "score: \"= checked.fraction + real.fraction\""),
                        "checked.fraction + real.fraction"),
                leak(
                        "tree-search",
                        "the policy is told how many hidden tests there are",
                        with(tree, "score: \"= checked.fraction\"", "score: \"= checked.fraction / count(hidden)\""),
                        "count(hidden)"),
                // Memory.
                leak(
                        "reflexion",
                        "a lesson holds a hidden test",
                        with(
                                reflexion,
                                "item: \"= context put(reflection, \\\"draft\\\", draft)\"",
                                "item: \"= context put(reflection, \\\"text\\\", hidden[1])\""),
                        "hidden[1]"),
                leak(
                        "tree-search",
                        "only what fails the hidden tests is remembered",
                        with(
                                tree,
                                "item: \"= context put(reflection, \\\"draft\\\", move.node)\"",
                                "item: \"= reflection\", if: \"= not(solved)\""),
                        "not(solved)"),
                // Prompts.
                leak(
                        "reflexion",
                        "the reflector reads the hidden tests",
                        with(
                                reflexion,
                                "trace: \"= tested.trace\"\n            lessons: \"= notes\"",
                                "trace: \"= tested.trace\"\n            lessons: \"= hidden\""),
                        "lessons: \"= hidden\""),
                leak(
                        "reflexion",
                        "what every prompt begins with names the hidden tests",
                        with(
                                reflexion,
                                "      system: \"= slot.world\"\n      in: {task: \"= task\"}\n",
                                "      system: \"= slot.world + string(hidden)\"\n      in: {task: \"= task\"}\n"),
                        "string(hidden)"),
                new Leak(
                        "reflexion",
                        "a template names an input that its call is not given",
                        with(reflexion, "What is wrong now: {{ feedback.text }}", "It must pass {{ hidden }}"),
                        "prompt: |\n            The program {{ draft }} should",
                        ProblemCode.UNKNOWN_NAME),
                // Training data.
                leak(
                        "reflexion",
                        "what is trained on is chosen by the hidden tests",
                        with(trained(reflexion), "keep: \"= score > 0\"", "keep: \"= solved\""),
                        "id: fit"),
                leak(
                        "reflexion",
                        "the hidden tests are what is trained on",
                        with(trained(reflexion), "from: attempts, keep", "from: \"= hidden\", keep"),
                        "id: fit"));
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void isRefusedAtItsLine(Leak leak) {
        List<Problem> problems = Workshop.discovered().check(new Source(leak.workflow() + ".yaml", leak.text()));
        assertThat(problems).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(leak.code());
            assertThat((long) problem.where().orElseThrow().line()).isEqualTo(leak.line());
        });
    }

    /** Its input is not sealed there; what the caller gives is all the same. */
    @Test
    void theHiddenTestsAreNoExamplesOfAUsedWorkflow() {
        Source around = new Source("around.yaml", """
                hone: 1
                name: around
                input: {hidden: {type: list, sealed: true}}
                pools: {answers: {}}
                flow:
                  - use: {workflow: tree-search, in: {task: {examples: "= hidden"}}, out: program}
                """);
        assertThat(Workshop.discovered().check(around))
                .isNotEmpty()
                .allMatch(problem -> problem.code() == ProblemCode.SEALED_LEAK)
                .anyMatch(problem -> problem.what().contains("the scorer 'tree_search_visible'"))
                .anyMatch(problem -> problem.what().contains("the step 'tree_search_check'"));
    }

    @Test
    void withoutALeakTheSameVariantsAreTaken() {
        assertThat(Workshop.discovered().check(new Source("reflexion.yaml", trained(text("reflexion")))))
                .isEmpty();
        assertThat(Workshop.discovered()
                        .check(new Source(
                                "tree-search.yaml",
                                before(text("tree-search"), "      - tell:", EVALUATE_SEALED.indent(6)))))
                .isEmpty();
    }

    /** With a slot that is trained on the attempts. */
    private static String trained(String text) {
        return before(
                with(text, "slots:\n", "slots:\n  examples: {kind: list, init: []}\n"),
                "  - loop: {id: again",
                TRAIN.indent(2));
    }

    private static String text(String name) {
        return Catalogue.find(name).orElseThrow().text();
    }

    private static Leak leak(String workflow, String how, String text, String leaking) {
        return new Leak(workflow, how, text, leaking, ProblemCode.SEALED_LEAK);
    }

    private static String with(String text, String old, String other) {
        assertThat(text).containsOnlyOnce(old);
        return text.replace(old, other);
    }

    private static String before(String text, String place, String more) {
        return with(text, place, more + place);
    }

    private static String after(String text, String place, String more) {
        return with(text, place, place + more);
    }
}
