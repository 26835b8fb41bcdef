package dev.hone.server.evals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.work.Json;
import dev.hone.server.store.EvalJob;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An evaluation, and how far it is.
 *
 * @param problems why it failed
 */
@Schema(name = "Eval")
record EvalView(
        String id,
        String workflow,
        int version,
        EvalJob.State state,
        Optional<Progress> progress,
        List<JsonNode> problems,
        String createdBy,
        Instant createdAt,
        Optional<Instant> endedAt) {

    /**
     * @param done runs that have ended
     * @param primary the reported name that the arms are compared on
     * @param means of the arms, as far as they have come
     * @param secondsLeft if it goes on like this
     */
    @Schema(name = "EvalProgress")
    record Progress(int done, int all, String primary, List<Mean> means, Optional<Long> secondsLeft) {

        private static Progress of(JsonNode standing, boolean ended) {
            List<Mean> means = new ArrayList<>();
            standing.path("means")
                    .forEach(mean -> means.add(new Mean(
                            mean.path("arm").asText(),
                            mean.path("mean").asDouble(),
                            mean.path("runs").asInt())));
            return new Progress(
                    standing.path("done").asInt(),
                    standing.path("all").asInt(),
                    standing.path("primary").asText(),
                    means,
                    Optional.of(standing.path("secondsLeft"))
                            .filter(left -> left.isNumber() && !ended)
                            .map(JsonNode::asLong));
        }
    }

    /** @param runs that have a value */
    @Schema(name = "EvalMean")
    record Mean(String arm, double mean, int runs) {}

    static EvalView of(EvalJob job) {
        List<JsonNode> problems = new ArrayList<>();
        job.problems().map(Json::read).ifPresent(list -> list.forEach(problems::add));
        return new EvalView(
                job.id(),
                job.workflow(),
                job.version(),
                job.state(),
                job.progress()
                        .map(Json::read)
                        .map(standing -> Progress.of(standing, job.state().ended())),
                problems,
                job.createdBy(),
                job.createdAt(),
                job.endedAt());
    }
}
