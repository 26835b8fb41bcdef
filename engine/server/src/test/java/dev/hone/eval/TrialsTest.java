package dev.hone.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.EvalPlan;
import dev.hone.dsl.use.Companions;
import dev.hone.engine.EngineException;
import dev.hone.engine.RunRequest;
import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import dev.hone.engine.compile.Program;
import dev.hone.engine.work.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which runs an evaluation has, and which of them wait for each other. */
class TrialsTest {

    private static final Workshop WORKSHOP = Workshop.discovered();

    @Test
    void oneTaskAndSeedHaveTheSameSeedInEveryArmAndNoTwoOthersDo() {
        Trials trials = trials("{}", 1, 2, 3);

        assertThat(trials.units()).hasSize(2 * 3 * 3);
        assertThat(trials.runs()).isEqualTo(2 * 3 * 3);
        for (Unit unit : trials.units()) {
            assertThat(trials.units().stream().filter(other -> other.runSeed(7) == unit.runSeed(7)))
                    .allMatch(other -> other.task() == unit.task() && other.seed() == unit.seed())
                    .hasSize(2);
        }
        assertThat(trials.units().getFirst().runSeed(7))
                .as("as the first case of a batch")
                .isEqualTo(7);
    }

    @Test
    void runsOfAnArmAndASeedFollowEachOtherWhereTheyLearnFromEachOther() {
        assertThat(lanes("{}", 1, 2, 3)).containsOnly(1);
        assertThat(lanes("{notes: {scope: run}}", 1, 2, 3)).containsOnly(1);
        assertThat(lanes("{notes: {scope: global}}", 1, 2, 3)).hasSize(2 * 3).containsOnly(3);
        assertThat(lanes("{notes: {scope: task}}", 1, 2, 3)).containsOnly(1);
        assertThat(lanes("{notes: {scope: task}}", 1, 2, 1))
                .as("a task that is there twice")
                .containsOnly(3);
    }

    @Test
    void everyArmAndSeedHasMemoriesOfItsOwn() {
        Trials trials = trials("{}", 1, 2, 3);

        assertThat(trials.units().stream().map(trials::realm).distinct()).hasSize(2 * 3);
        assertThat(trials.units().stream().map(trials::realm)).allMatch(realm -> realm.startsWith("x.1/"));
    }

    @Test
    void anArmIsComparedOnWhatIsReported() {
        Program program = WORKSHOP.compile(source("{}"));

        assertThatThrownBy(() -> Evaluation.of(program, read("arms: {further: {params: {more: 2}, on: solved}}\n")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("does not report 'solved'");
    }

    private static List<Integer> lanes(String memory, int... tasks) {
        Trials trials = trials(memory, tasks);
        return trials.lanes(trials.arms()).stream().map(List::size).toList();
    }

    private static Trials trials(String memory, int... numbers) {
        Source source = source(memory);
        Program program = WORKSHOP.compile(source);
        List<Arm> arms = new ArrayList<>(Arms.controlled(WORKSHOP, program, source));
        arms.addAll(Arms.planned(
                WORKSHOP, program, source, read("arms: {further: {params: {more: 2}}}\n"), Companions.NONE));
        List<ObjectNode> tasks = IntStream.of(numbers)
                .mapToObj(number -> Json.object().put("number", number))
                .toList();
        return new Trials("x.1", arms, tasks, 3, RunRequest.withoutInputs(), 2);
    }

    private static Source source(String memory) {
        return new Source("w.yaml", """
                hone: 1
                name: w
                input: {number: number}
                params: {more: 1}
                memory: %s
                flow:
                  - exec: {tool: compute, in: {value: "= number + more"}, out: sum}
                """.formatted(memory));
    }

    private static EvalPlan read(String text) {
        return switch (EvalPlan.read("eval.yaml", text)) {
            case EvalPlan.Listing.Read(EvalPlan plan) -> plan;
            case EvalPlan.Listing.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }
}
