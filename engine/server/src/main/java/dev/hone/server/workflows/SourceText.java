package dev.hone.server.workflows;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.Source;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as it is written.
 *
 * @param file its name, for the places of problems; {@code workflow.yaml} if it has none
 * @param text the YAML
 * @param companions the texts of the files that its rules name, by their paths from its folder
 */
@Introspected
@Schema(name = "Source")
public record SourceText(
        @Nullable String file,
        @NotNull String text,
        @Nullable Map<String, @NotNull String> companions) {

    private static final String UNNAMED = "workflow.yaml";
    private static final int LONGEST_NAME = 200;
    private static final int MOST_COMPANIONS = 50;

    public Source source() {
        String name = file == null || file.isBlank() ? UNNAMED : file;
        if (name.length() > LONGEST_NAME || (companions != null && companions.size() > MOST_COMPANIONS)) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.TOO_LARGE,
                    "a workflow's file name has " + LONGEST_NAME + " characters at most, and it has " + MOST_COMPANIONS
                            + " companions at most.",
                    "Shorten the name, or split the rules into fewer files.")));
        }
        return new Source(name, text, companions == null ? Map.of() : companions);
    }
}
