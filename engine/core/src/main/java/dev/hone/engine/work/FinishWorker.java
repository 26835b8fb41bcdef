package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.engine.compile.Activity;
import dev.hone.engine.compile.Controls;
import dev.hone.engine.ledger.EventKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ends a run: the best artifact so far, why it ended, and what the sealed checks say of it. */
final class FinishWorker {

    private final Tools tools;

    FinishWorker(Tools tools) {
        this.tools = tools;
    }

    void perform(Site site, Activity.Ending ending) {
        finish(site, reason(site.run(), ending));
    }

    /** Writes the end of the run; a run that has ended already keeps its end. */
    RunResult finish(Site site, StopReason stop) {
        Run run = site.run();
        Optional<JsonNode> earlier = run.read(RunState::finished);
        if (earlier.isPresent()) {
            return Json.MAPPER.convertValue(earlier.get(), RunResult.class);
        }
        Optional<RunResult.Best> best = run.read(state -> best(run.workflow(), state));
        Map<String, JsonNode> measured = new LinkedHashMap<>();
        List<String> flags = new ArrayList<>(run.read(RunState::flags));
        for (int i = 0;
                best.isPresent() && i < run.workflow().measure().checks().size();
                i++) {
            try {
                measured.putAll(measure(site, i, best.get().value()));
            } catch (StepProblem e) {
                flags.add("not measured: " + e.problem());
            }
        }
        double seconds = Duration.between(run.startedAt(), run.now()).toMillis() / 1000.0;
        RunResult result = new RunResult(run.id(), stop, best, run.purse().spent(), seconds, measured, flags);
        run.finish(result);
        return result;
    }

    /** What a rule accepted, else the best of the result pool: whatever was in it, the best, not the last. */
    static Optional<RunResult.Best> best(Workflow workflow, RunState state) {
        Optional<String> pool = Controls.resultPool(workflow);
        if (pool.isEmpty()) {
            return state.accepted().map(FinishWorker::accepted);
        }
        Optional<Artifact> accepted = state.accepted(pool.get());
        return accepted.or(() -> state.pool(pool.get()).results().stream().min(Artifact.bestFirst()))
                .map(artifact -> new RunResult.Best(
                        artifact.value(),
                        Optional.ofNullable(artifact.score()),
                        artifact.element(),
                        artifact.iteration().toString(),
                        accepted.isPresent()))
                .or(() -> state.accepted().map(FinishWorker::accepted));
    }

    private static RunResult.Best accepted(JsonNode value) {
        return new RunResult.Best(value, Optional.empty(), "", "", true);
    }

    private Map<String, JsonNode> measure(Site site, int index, JsonNode result) throws StepProblem {
        Run run = site.run();
        Workflow.Check check = run.workflow().measure().checks().get(index);
        Site at = new Site(run, SealedChecks.element(index), Iteration.TOP);
        ToolCalls calls = new ToolCalls(tools, at, run.generation());
        Map<String, JsonNode> report = SealedChecks.report(at, check, result, calls::run);
        ObjectNode body = Json.object();
        report.forEach(body::set);
        run.write(calls.entry(EventKind.MEASURED, body));
        return report;
    }

    private static StopReason reason(Run run, Activity.Ending ending) {
        return switch (ending) {
            case TIMED_OUT -> StopReason.of(StopReason.Kind.TIME, "the wall time of the budget was over");
            case STOPPED ->
                Json.MAPPER.convertValue(run.read(RunState::stopping).orElseThrow(), StopReason.class);
            case COMPLETED ->
                run.read(RunState::lastMove)
                        .map(StopReasons::ofMove)
                        .orElse(StopReason.of(StopReason.Kind.COMPLETED, "the flow came to its end"));
        };
    }
}
