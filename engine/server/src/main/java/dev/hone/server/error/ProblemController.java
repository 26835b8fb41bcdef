package dev.hone.server.error;

import dev.hone.dsl.Explanation;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.server.security.Role;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the {@code type} of a problem document leads. */
@Controller("/api/v1/problems")
@Secured(Role.MAY_VIEW)
@Tag(name = "Problems")
class ProblemController {

    /** Lists the kinds of problems. */
    @Get
    List<Explained> list() {
        return Explanation.all().stream().map(Explained::of).toList();
    }

    /** Says what a problem code means, and what to do. */
    @Get("/{code}")
    Explained explain(String code) {
        return Arrays.stream(ProblemCode.values())
                .filter(known -> known.name().equals(code))
                .findFirst()
                .map(known -> Explained.of(Explanation.of(known)))
                .orElseThrow(() -> new EngineException(List.of(Problem.of(
                        ProblemCode.NOT_FOUND,
                        "there is no problem code " + code + ".",
                        "GET /api/v1/problems lists all of them."))));
    }

    /**
     * @param reason why it is a problem, and what to do, as Markdown
     * @param example two workflows: one that has the problem, and the same repaired
     */
    @Schema(name = "Explanation")
    record Explained(ProblemCode code, String title, String reason, Optional<Explanation.Example> example) {

        private static Explained of(Explanation explanation) {
            return new Explained(explanation.code(), explanation.title(), explanation.reason(), explanation.example());
        }
    }
}
