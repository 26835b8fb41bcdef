package dev.hone.server.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.Engine;
import dev.hone.engine.PersonFile;
import dev.hone.engine.RunResult;
import dev.hone.engine.ledger.RunPhase;
import dev.hone.engine.ledger.RunSummary;
import dev.hone.engine.ledger.Spent;
import dev.hone.engine.work.RunSetup;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A run, as lists and its own page show it. */
final class RunView {

    private RunView() {}

    /**
     * @param program the hash of its program
     * @param stop the kind of its end
     * @param why it ended, in a sentence
     * @param spent what it has used and set aside
     * @param replayOf the run that it hears again
     * @param forkOf the run that it branched off
     */
    @Schema(name = "RunLine")
    record Line(
            String id,
            String workflow,
            String program,
            RunPhase state,
            Instant createdAt,
            Optional<Instant> endedAt,
            Optional<String> stop,
            Optional<String> why,
            Spent spent,
            Optional<String> replayOf,
            Optional<String> forkOf) {

        static Line of(RunSummary run) {
            return new Line(
                    run.id(),
                    run.workflow(),
                    run.program(),
                    run.phase(),
                    run.createdAt(),
                    run.endedAt(),
                    run.stop(),
                    run.why(),
                    run.spent(),
                    run.replayOf(),
                    run.forkOf());
        }
    }

    /**
     * @param setup what was fixed when it started
     * @param result once it has ended: the best artifact, the stop reason, what was spent and measured
     */
    @Schema(name = "Run")
    record Whole(Line run, Setup setup, Optional<RunResult> result) {

        static Whole of(Engine engine, RunSummary summary) {
            return new Whole(
                    Line.of(summary),
                    Setup.of(RunSetup.parse(engine.run(summary.id()).setup())),
                    summary.phase() == RunPhase.FINISHED ? engine.result(summary.id()) : Optional.empty());
        }
    }

    /**
     * @param promoted of the models and slots those that a promotion gave, with their versions
     * @param person the script that answers its questions
     */
    @Schema(name = "RunSetup")
    record Setup(
            JsonNode inputs,
            JsonNode params,
            Map<String, String> models,
            Map<String, JsonNode> slots,
            Map<String, Integer> promoted,
            long seed,
            Map<String, String> labels,
            Optional<PersonFile> person) {

        private static Setup of(RunSetup setup) {
            return new Setup(
                    setup.inputs(),
                    setup.params(),
                    setup.models(),
                    setup.slots(),
                    setup.promoted(),
                    setup.seed(),
                    setup.labels(),
                    setup.person());
        }
    }
}
