package dev.hone.connectors.files;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.OperatorTool;
import dev.hone.connectors.common.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Reads a text: {@code exec: {tool: file-read, in: {store: reports, path: a/b.md}}}. */
public final class FileRead extends OperatorTool<FileRead.Input, FileRead.Output> {

    /**
     * @param store the name under which the operator knows it; see {@link Store}
     * @param path relative to it
     */
    public record Input(String store, String path) {}

    /**
     * @param text in UTF-8 on the disk
     * @param sha256 of the bytes
     */
    public record Output(String text, long bytes, String sha256) {}

    /** Reads the environment. */
    public FileRead() {
        this(System::getenv);
    }

    FileRead(UnaryOperator<String> variables) {
        super("file-read", Input.class, Output.class, variables);
    }

    /**
     * @throws ConnectorException of kind UNKNOWN without such a store or file; BAD_INPUT for what is no name of one, and for a
     *     file that is too large or no text; DENIED when a link is in the way; BROKEN when the disk cannot be read
     */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        Setting<Store> setting = Store.of(input.store(), variables);
        Store store = setting.value();
        try {
            Path file = store.file(input.path());
            if (!Store.isFile(file)) {
                throw new ConnectorException(
                        Kind.UNKNOWN, "there is no file '" + input.path() + "' in " + input.store(), "see file-list");
            }
            byte[] bytes;
            try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                bytes = stream.readNBytes(store.mostBytes() + 1);
            }
            if (bytes.length > store.mostBytes()) {
                throw new ConnectorException(
                        Kind.BAD_INPUT,
                        "'" + input.path() + "' has more than " + store.mostBytes() + " bytes",
                        "read a smaller one, or the operator says more \"kibibytes\" in " + setting.variable());
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Output(text, bytes.length, Hash.of(bytes));
        } catch (CharacterCodingException e) {
            throw new ConnectorException(
                    Kind.BAD_INPUT, "'" + input.path() + "' is no text in UTF-8", "read one that is", null, e);
        } catch (IOException e) {
            throw Store.failed(setting, input.path(), e);
        }
    }
}
