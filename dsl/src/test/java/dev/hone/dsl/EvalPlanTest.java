package dev.hone.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a plan for an evaluation says, and what it cannot say. */
class EvalPlanTest {

    @Test
    void aPlanNamesSeedsNamesDataAndArms() {
        String text = """
                seeds: 5
                primary: solved
                lower: [regret]
                data: tasks.jsonl
                arms:
                  lats: {file: lats.yaml, oracle: true}
                  open-loop: {params: {replans: 0, mode: fast, deep: false}, on: regret}
                  other-model: {models: {drafter: local/listprog-gen-apprentice}}
                """;

        assertThat(EvalPlan.read("eval.yaml", text)).isInstanceOfSatisfying(EvalPlan.Listing.Read.class, read -> {
            EvalPlan plan = read.plan();
            assertThat(plan.seeds()).hasValue(5);
            assertThat(plan.primary().orElseThrow().name()).isEqualTo("solved");
            assertThat(plan.lower()).extracting(Workflow.Name::name).containsExactly("regret");
            assertThat(plan.data().orElseThrow().name()).isEqualTo("tasks.jsonl");
            assertThat(plan.variants().keySet()).containsExactly("lats", "open-loop", "other-model");
            assertThat(plan.variants()).hasEntrySatisfying("lats", arm -> {
                assertThat(arm.oracle()).isTrue();
                assertThat(arm.file().orElseThrow().name()).isEqualTo("lats.yaml");
            });
            assertThat(plan.variants().values())
                    .extracting(arm -> arm.on().map(Workflow.Name::name))
                    .containsExactly(Optional.empty(), Optional.of("regret"), Optional.empty());
            assertThat(plan.variants())
                    .hasEntrySatisfying(
                            "open-loop",
                            arm -> assertThat(arm.params())
                                    .hasEntrySatisfying(
                                            "replans",
                                            value -> assertThat(value)
                                                    .isInstanceOfSatisfying(
                                                            Value.Number.class,
                                                            number -> assertThat(number.number())
                                                                    .isEqualByComparingTo(BigDecimal.ZERO))));
            assertThat(plan.variants())
                    .hasEntrySatisfying(
                            "other-model",
                            arm -> assertThat(arm.models())
                                    .hasEntrySatisfying(
                                            "drafter",
                                            model -> assertThat(model.name())
                                                    .isEqualTo("local/listprog-gen-apprentice")));
        });
    }

    @Test
    void whatAPlanCannotSayIsAProblemWithItsPlace() {
        refuses("seeds: 0\n", 1, 8, ProblemCode.WRONG_TYPE);
        refuses("seeds: 5000\n", 1, 8, ProblemCode.WRONG_TYPE);
        refuses("sedes: 3\n", 1, 1, ProblemCode.UNKNOWN_KEY);
        refuses("arms:\n  same: {oracle: true}\n", 2, 3, ProblemCode.MISSING_KEY);
        refuses("arms:\n  workflow: {params: {n: 1}}\n", 2, 3, ProblemCode.BAD_NAME);
        refuses("arms:\n  up: {file: ../lats.yaml}\n", 2, 14, ProblemCode.BAD_NAME);
        refuses("arms:\n  up: {file: /etc/lats.yaml}\n", 2, 14, ProblemCode.BAD_NAME);
        refuses("data: tasks.csv\n", 1, 7, ProblemCode.BAD_NAME);
        refuses("arms: [lats]\n", 1, 7, ProblemCode.WRONG_TYPE);
        refuses("arms: {\n", 2, 1, ProblemCode.YAML_SYNTAX);
    }

    private static void refuses(String text, int line, int column, ProblemCode code) {
        assertThat(EvalPlan.read("eval.yaml", text)).isInstanceOfSatisfying(EvalPlan.Listing.Refused.class, refused -> {
            Problem problem = refused.problems().getFirst();
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.where()).contains(new Where("eval.yaml", line, column));
        });
    }
}
