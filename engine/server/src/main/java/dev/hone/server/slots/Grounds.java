package dev.hone.server.slots;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.eval.Archive;
import dev.hone.eval.Arm;
import dev.hone.eval.Evidence;
import dev.hone.eval.Promoting;
import dev.hone.server.store.EvalJobs;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to show that a version is better: an evaluation of this server, or the file of one.
 *
 * @param eval the id of an evaluation that is done
 * @param measured the text of a {@code measured.json}, as it was written; its runs must be on this server
 * @param arm with the version; the only one that was tried if it is not said
 * @param against the arm that is how the workflow runs now; {@code workflow} if it is not said
 * @param alpha how often, at most, something is promoted that is no better; 0.05 if it is not said
 */
@Introspected
@Schema(name = "PromotionGrounds")
record Grounds(
        @Nullable String eval,
        @Nullable String measured,
        @Nullable @Size(max = 200) String arm,
        @Nullable @Size(max = 200) String against,
        @Nullable Double alpha) {

    private static final double ALPHA = 0.05;

    Promoting.Basis basis(EvalJobs jobs, String tenant, Archive archive) {
        return new Promoting.Basis(
                evidence(jobs, tenant, archive),
                Optional.ofNullable(arm),
                against == null ? Arm.WORKFLOW : against,
                alpha == null ? ALPHA : alpha);
    }

    private Evidence evidence(EvalJobs jobs, String tenant, Archive archive) {
        if ((eval == null) == (measured == null)) {
            throw problem(
                    ProblemCode.BAD_REQUEST,
                    "the evidence has " + (eval == null ? "neither" : "both") + " 'eval' and 'measured'.",
                    "Name an evaluation of this server, or send the text of a measured.json.");
        }
        if (measured != null) {
            return Evidence.of("measured.json", measured, archive);
        }
        String id = String.valueOf(eval);
        if (jobs.find(tenant, id).isEmpty()) {
            throw problem(ProblemCode.NOT_FOUND, "there is no evaluation " + id + ".", "List those there are.");
        }
        String text = jobs.measured(id)
                .orElseThrow(() -> problem(
                        ProblemCode.CONFLICT,
                        "the evaluation " + id + " has not come to its end.",
                        "Wait until it is done, or resume it."));
        return Evidence.of("the evaluation " + id, text, archive);
    }

    static EngineException problem(ProblemCode code, String what, String fix) {
        return new EngineException(List.of(Problem.of(code, what, fix)));
    }
}
