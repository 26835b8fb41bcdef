package dev.hone.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.Refusals;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileListTest extends StoreContract<FileList.Input, FileList.Output> {

    private FileList store(String more) {
        return new FileList(saying(more));
    }

    @Override
    protected Connector<FileList.Input, FileList.Output> connector() {
        return store("");
    }

    @Override
    protected List<Example<FileList.Input, FileList.Output>> examples() {
        return List.of(
                new Example<>(
                        new FileList.Input("s", Optional.empty()),
                        new FileList.Output(
                                List.of(new FileList.Entry("a.txt", 5), new FileList.Entry("sub/b.md", 1)), false)),
                new Example<>(
                        new FileList.Input("s", Optional.of("sub/")),
                        new FileList.Output(List.of(new FileList.Entry("sub/b.md", 1)), false)));
    }

    @Override
    protected Map<String, FileList.Input> badInputs() {
        return Map.of("up", new FileList.Input("s", Optional.of("../")));
    }

    @Test
    void a_thousand_are_named() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            Files.createFile(directory.resolve("store/f" + i));
        }
        FileList.Output output = store("").run(new FileList.Input("s", Optional.empty()), CallContext.standalone(1));
        assertThat(output.files()).hasSize(1_000);
        assertThat(output.more()).isTrue();
    }

    @Test
    void a_store_that_nobody_named_is_unknown() {
        ConnectorException e = Refusals.of(
                Kind.UNKNOWN,
                () -> store("").run(new FileList.Input("other", Optional.empty()), CallContext.standalone(1)));
        assertThat(e.fix()).contains("HONE_FILES_OTHER");
    }
}
