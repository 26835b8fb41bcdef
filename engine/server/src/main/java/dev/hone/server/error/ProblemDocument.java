package dev.hone.server.error;

import dev.hone.dsl.Explanation;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Where;
import io.micronaut.http.HttpStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * What went wrong, as RFC 9457 has it, and as Hone says it everywhere else: what, where, and what to do.
 *
 * @param type leads to what the code means
 * @param title what the code means, in a sentence
 * @param detail what happened, and what to do
 * @param instance the path that was asked for
 * @param code the name of the kind of problem; stable
 * @param problems all of them; {@code code} and {@code detail} are of the first
 */
@Schema(name = "Problem")
public record ProblemDocument(
        String type, String title, int status, String detail, String instance, ProblemCode code, List<Item> problems) {

    /** Where the document's media type says what it is. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "/api/v1/problems/";

    /**
     * One problem.
     *
     * @param where the line and column in the text that was sent, from 1
     */
    @Schema(name = "ProblemItem")
    public record Item(ProblemCode code, Optional<Where> where, String what, String fix) {

        public static Item of(Problem problem) {
            return new Item(problem.code(), problem.where(), problem.what(), problem.fix());
        }
    }

    static ProblemDocument of(HttpStatus status, String path, List<Problem> problems) {
        Problem first = problems.getFirst();
        return new ProblemDocument(
                TYPES + first.code(),
                Explanation.of(first.code()).title(),
                status.getCode(),
                first.what() + " " + first.fix(),
                path,
                first.code(),
                problems.stream().map(Item::of).toList());
    }
}
