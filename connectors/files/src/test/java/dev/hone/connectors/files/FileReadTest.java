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

class FileReadTest extends StoreContract<FileRead.Input, FileRead.Output> {

    private FileRead store(String more) {
        return new FileRead(saying(more));
    }

    @Override
    protected Connector<FileRead.Input, FileRead.Output> connector() {
        return store("");
    }

    @Override
    protected List<Example<FileRead.Input, FileRead.Output>> examples() {
        return List.of(new Example<>(
                new FileRead.Input("s", "a.txt"),
                new FileRead.Output("caf\u00e9", 5, Hash.of(new byte[] {'c', 'a', 'f', (byte) 0xc3, (byte) 0xa9}))));
    }

    @Override
    protected Map<String, FileRead.Input> badInputs() {
        return Map.of(
                "up", new FileRead.Input("s", "../secret.txt"),
                "up in the middle", new FileRead.Input("s", "sub/../../secret.txt"),
                "from the root", new FileRead.Input("s", "/etc/passwd"),
                "hidden", new FileRead.Input("s", ".hidden"),
                "nothing", new FileRead.Input("s", ""),
                "a zero character", new FileRead.Input("s", "a.txt\0"),
                "too long", new FileRead.Input("s", "a".repeat(400)));
    }

    @Test
    void a_link_is_not_followed() {
        for (String path : List.of("link.txt", "way/secret.txt")) {
            Refusals.of(Kind.DENIED, () -> store("").run(new FileRead.Input("s", path), CallContext.standalone(1)));
        }
    }

    @Test
    void what_is_not_there_or_no_file_is_unknown() {
        for (String path : List.of("c.txt", "sub", "a.txt/b")) {
            Refusals.of(Kind.UNKNOWN, () -> store("").run(new FileRead.Input("s", path), CallContext.standalone(1)));
        }
    }

    @Test
    void what_is_too_large_or_no_text_is_refused() throws IOException {
        Files.writeString(directory.resolve("store/large"), "x".repeat(1_025));
        Files.write(directory.resolve("store/bytes"), new byte[] {(byte) 0xff});
        ConnectorException large = Refusals.of(
                Kind.BAD_INPUT,
                () -> store(", \"kibibytes\": 1").run(new FileRead.Input("s", "large"), CallContext.standalone(1)));
        assertThat(large.what()).contains("1024");
        Refusals.of(Kind.BAD_INPUT, () -> store("").run(new FileRead.Input("s", "bytes"), CallContext.standalone(1)));
    }

    @Test
    void a_store_that_is_no_directory_is_the_operators_to_correct() {
        for (String path : List.of("relative", "/nowhere/at/all", "/etc/passwd")) {
            FileRead read = new FileRead(Map.of("HONE_FILES_S", "{\"path\": \"" + path + "\"}")::get);
            Refusals.of(Kind.BROKEN, () -> read.run(new FileRead.Input("s", "a.txt"), CallContext.standalone(1)));
        }
    }
}
