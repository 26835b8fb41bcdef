package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.engine.compile.Activity;
import dev.hone.engine.compile.Controls;
import dev.hone.engine.ledger.EventKind;
import java.time.Duration;
import java.time.Instant;
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
        Optional<RunResult.Best> best = best(run);
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
        double seconds = Duration.between(run.startedAt(), Instant.now()).toMillis() / 1000.0;
        RunResult result = new RunResult(run.id(), stop, best, run.spent(), seconds, measured, flags);
        run.finish(result);
        return result;
    }

    /** What a rule accepted, else the best of the result pool: whatever was in it, the best, not the last. */
    private static Optional<RunResult.Best> best(Run run) {
        Optional<String> pool = Controls.resultPool(run.workflow());
        if (pool.isEmpty()) {
            return run.read(RunState::accepted).map(value -> new RunResult.Best(value, Optional.empty(), "", "", true));
        }
        Optional<Artifact> accepted = run.read(state -> state.accepted(pool.get()));
        Optional<Artifact> best = accepted.or(() ->
                run.read(state -> state.pool(pool.get()).results()).stream().min(Artifact.bestFirst()));
        return best.map(artifact -> new RunResult.Best(
                        artifact.value(),
                        Optional.ofNullable(artifact.score()),
                        artifact.element(),
                        artifact.iteration().toString(),
                        accepted.isPresent()))
                .or(() -> run.read(RunState::accepted)
                        .map(value -> new RunResult.Best(value, Optional.empty(), "", "", true)));
    }

    private Map<String, JsonNode> measure(Site site, int index, JsonNode result) throws StepProblem {
        Run run = site.run();
        Workflow.Check check = run.workflow().measure().checks().get(index);
        Map<String, JsonNode> names = Map.of("result", result);
        Map<String, JsonNode> report = new LinkedHashMap<>();
        Site at = new Site(run, "measure." + (index + 1), Iteration.TOP);
        ToolCalls calls = new ToolCalls(tools, at, run.generation());
        try {
            JsonNode out = calls.run(check.tool().name(), site.object(check.in(), names));
            for (var entry : check.report().entrySet()) {
                report.put(entry.getKey(), Json.node(site.evaluate(entry.getValue(), Map.of("out", out))));
            }
        } catch (ProblemInside e) {
            throw new StepProblem(e.problem());
        } catch (ConnectorException e) {
            throw StepProblem.at(check.where(), ProblemCode.TOOL_FAILED, sentence(e.what()), sentence(e.fix()));
        }
        ObjectNode body = Json.object();
        report.forEach(body::set);
        run.write(calls.entry(EventKind.MEASURED, body));
        return report;
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
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
