package dev.hone.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileWriteTest extends StoreContract<FileWrite.Input, FileWrite.Output> {

    private FileWrite store(String more) {
        return new FileWrite(saying(more));
    }

    @Override
    protected Connector<FileWrite.Input, FileWrite.Output> connector() {
        return store(", \"write\": true");
    }

    private static FileWrite.Input text(String path, String text) {
        return new FileWrite.Input("s", path, text);
    }

    @Override
    protected List<Example<FileWrite.Input, FileWrite.Output>> examples() {
        return List.of(new Example<>(
                text("new/deep/c.txt", "c"), new FileWrite.Output("new/deep/c.txt", 1, Hash.of(new byte[] {'c'}))));
    }

    @Override
    protected Map<String, FileWrite.Input> badInputs() {
        return Map.of(
                "up", text("../c.txt", "c"),
                "a directory's end", text("c/", "c"),
                "an option", text("-rf", "c"),
                "too large", text("c.txt", "x".repeat((1 << 20) + 1)));
    }

    @Test
    void a_text_is_replaced_whole() throws Exception {
        connector().run(text("a.txt", "tea"), CallContext.standalone(1));
        assertThat(directory.resolve("store/a.txt")).hasContent("tea");
        try (var left = Files.list(directory.resolve("store"))) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith(".hone"));
        }
    }

    @Test
    void a_link_is_not_written_through() {
        for (String path : List.of("link.txt", "way/c.txt")) {
            Refusals.of(Kind.DENIED, () -> connector().run(text(path, "gone"), CallContext.standalone(1)));
        }
        assertThat(directory.resolve("secret.txt")).hasContent("no");
    }

    @Test
    void nothing_is_written_that_the_operator_does_not_allow() {
        Refusals.of(Kind.DENIED, () -> store("").run(text("a.txt", "gone"), CallContext.standalone(1)));
        assertThat(directory.resolve("store/a.txt")).hasContent("caf\u00e9");
    }

    @Test
    void all_files_together_stay_within_their_limit() throws Exception {
        FileWrite small = store(", \"write\": true, \"mebibytes\": 1");
        small.run(text("c.txt", "x".repeat(1_000_000)), CallContext.standalone(1));
        Refusals.of(Kind.BAD_INPUT, () -> small.run(text("d.txt", "x".repeat(100_000)), CallContext.standalone(1)));
        assertThat(directory.resolve("store/d.txt")).doesNotExist();
        small.run(text("c.txt", "x".repeat(1_000_001)), CallContext.standalone(1));
    }

    @Test
    void a_disk_that_refuses_is_told() throws IOException {
        Files.writeString(directory.resolve("store/file"), "in the way");
        ConnectorException e =
                Refusals.of(Kind.BROKEN, () -> connector().run(text("file/c.txt", "c"), CallContext.standalone(1)));
        assertThat(e.what()).contains("HONE_FILES_S", "file/c.txt");
    }
}
