package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.examples.embedding.Embed;
import dev.hone.workflows.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that the README shows are these, and they run. */
class EmbeddingTest {

    private static final Path CODE = Path.of("src/main/java/dev/hone/examples/embedding/Embed.java");

    @Test
    void theReadmeShowsTheseLines() throws IOException {
        String code = between(Files.readString(CODE), "// [embed]\n", "\n        // [/embed]")
                .stripIndent();
        String shown = between(Files.readString(Path.of("../README.md")), "<!-- embed -->\n```java\n", "\n```");

        assertThat(shown).isEqualTo(code);
    }

    @Test
    @Tag("slow")
    void theyRunAWorkflow(@TempDir Path directory) throws Exception {
        Catalogue.Entry refine = Catalogue.find("refine").orElseThrow();
        Path workflow = Files.writeString(directory.resolve("refine.yaml"), refine.text());
        Path inputs = Files.writeString(
                directory.resolve("inputs.json"), refine.inputs().getFirst());

        RunResult result = Embed.run(workflow, inputs, directory.resolve("data"));

        assertThat(result.best()).isPresent();
        assertThat(result.stop().kind()).isIn(StopReason.Kind.RULE, StopReason.Kind.LIMIT);
        assertThat(result.spent().calls()).isBetween(1L, 13L);
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from) + from.length();
        return text.substring(start, text.indexOf(to, start));
    }
}
