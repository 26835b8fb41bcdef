package dev.hone.server.workflows;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.edit.Edit;
import dev.hone.dsl.edit.Edited;
import dev.hone.dsl.edit.Edits;
import dev.hone.engine.EngineException;
import dev.hone.server.security.Role;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Changes a text as an editor would: what the command is not about stays as it is, to the byte. Nothing is kept. */
@Controller("/api/v1/workflows/edit")
@Secured(Role.MAY_VIEW)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Workflows")
class EditController {

    private static final String UNNAMED = "workflow.yaml";

    /** Makes one change in a text. */
    @Post
    Changed edit(@Valid @Body Wish wish) {
        return switch (Edits.apply(wish.file == null ? UNNAMED : wish.file, wish.text, wish.command())) {
            case Edited.Done(String text, int from, int to) -> new Changed(text, from, to);
            case Edited.Refused refused -> throw new EngineException(refused.problems());
        };
    }

    /**
     * @param text the whole new text
     * @param from where the old text was changed: before it the new text is the same
     * @param to the end of the change in the old text
     */
    @Schema(name = "EditedText")
    record Changed(String text, int from, int to) {}

    /** Which change. */
    @Schema(name = "EditKind")
    enum What {
        SET_FIELD,
        REMOVE_FIELD,
        INSERT_STEP,
        REMOVE_STEP,
        MOVE_STEP,
        WRAP_IN_LOOP,
        RENAME
    }

    /**
     * A text and what is to be changed in it. Each change takes some of the fields: {@code SET_FIELD} path and yaml, {@code
     * REMOVE_FIELD} path, {@code INSERT_STEP} body, index and yaml, {@code REMOVE_STEP} step, {@code MOVE_STEP} step, body and
     * index, {@code WRAP_IN_LOOP} first, last, loop and max, {@code RENAME} kind, from and to.
     *
     * @param file the text's name, for problems
     * @param path the keys from the root, indices of lists as decimal numbers
     * @param yaml a value, or one step
     * @param body {@code flow}, or {@code ID.do} or {@code ID.else} of a step
     * @param index the place in the body, from 0
     * @param step the id of a step
     * @param first the id of the first step that goes into the loop
     * @param last that of the last
     * @param loop the id of the new loop
     * @param max its most rounds, a number or an expression
     * @param kind step, slot, pool, param, input or output
     * @param from the name
     * @param to the new name
     */
    @Introspected
    @Schema(name = "Edit")
    record Wish(
            @Nullable String file,
            @NotNull String text,
            @NotNull What edit,
            @Nullable List<@NotNull String> path,
            @Nullable String yaml,
            @Nullable String body,
            @Nullable Integer index,
            @Nullable String step,
            @Nullable String first,
            @Nullable String last,
            @Nullable String loop,
            @Nullable String max,
            @Nullable String kind,
            @Nullable String from,
            @Nullable String to) {

        private Edit command() {
            return switch (edit) {
                case SET_FIELD -> new Edit.SetField(need("path", path), need("yaml", yaml));
                case REMOVE_FIELD -> new Edit.RemoveField(need("path", path));
                case INSERT_STEP -> new Edit.InsertStep(need("body", body), need("index", index), need("yaml", yaml));
                case REMOVE_STEP -> new Edit.RemoveStep(need("step", step));
                case MOVE_STEP -> new Edit.MoveStep(need("step", step), need("body", body), need("index", index));
                case WRAP_IN_LOOP ->
                    new Edit.WrapInLoop(
                            need("first", first), need("last", last), need("loop", loop), max == null ? "" : max);
                case RENAME -> new Edit.Rename(kind(need("kind", kind)), need("from", from), need("to", to));
            };
        }

        private <T> T need(String name, @Nullable T value) {
            if (value == null) {
                throw new EngineException(List.of(Problem.of(
                        ProblemCode.MISSING_KEY,
                        "the change " + edit + " needs '" + name + "'.",
                        "Add it to the request.")));
            }
            return value;
        }

        private static Edit.Kind kind(String word) {
            for (Edit.Kind kind : Edit.Kind.values()) {
                if (kind.name().equalsIgnoreCase(word)) {
                    return kind;
                }
            }
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.BAD_REQUEST,
                    "nothing that has a name is a '" + word + "'.",
                    "Name one of "
                            + String.join(
                                            ", ",
                                            List.of(Edit.Kind.values()).stream()
                                                    .map(Enum::name)
                                                    .toList())
                                    .toLowerCase(Locale.ROOT)
                            + ".")));
        }
    }
}
