package dev.hone.connectors.files;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.OperatorTool;
import dev.hone.connectors.common.Setting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Writes a text, whole or not at all: {@code exec: {tool: file-write, in: {store: reports, path: a/b.md, text: "= draft"}}}.
 * What was there is replaced; writing the same again changes nothing.
 */
public final class FileWrite extends OperatorTool<FileWrite.Input, FileWrite.Output> {

    /**
     * @param store the name under which the operator knows it; see {@link Store}
     * @param path relative to it; directories are made
     * @param text written in UTF-8
     */
    public record Input(String store, String path, String text) {}

    /** @param sha256 of the bytes */
    public record Output(String path, long bytes, String sha256) {}

    /** One writer at a time, so that together they stay within what the operator allows. */
    private static final ReentrantLock WRITING = new ReentrantLock();

    /** Reads the environment. */
    public FileWrite() {
        this(System::getenv);
    }

    FileWrite(UnaryOperator<String> variables) {
        super("file-write", Input.class, Output.class, variables);
    }

    /**
     * @throws ConnectorException of kind UNKNOWN without such a store; DENIED when it may not be changed, or a link is in the
     *     way; BAD_INPUT for what is no name of a file, and for too much text; BROKEN when the disk cannot be written
     */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        Setting<Store> setting = Store.of(input.store(), variables);
        Store store = setting.value();
        if (!store.write().orElse(false)) {
            throw new ConnectorException(
                    Kind.DENIED,
                    setting.variable() + " does not allow changes",
                    "the operator allows them there with \"write\": true");
        }
        byte[] bytes = input.text().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > store.mostBytes()) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "the text has " + bytes.length + " bytes, of at most " + store.mostBytes(),
                    "write less, or the operator says more \"kibibytes\" in " + setting.variable());
        }
        WRITING.lock();
        try {
            write(setting, input.path(), bytes);
        } catch (IOException e) {
            throw Store.failed(setting, input.path(), e);
        } finally {
            WRITING.unlock();
        }
        return new Output(input.path(), bytes.length, Hash.of(bytes));
    }

    private static void write(Setting<Store> setting, String name, byte[] bytes)
            throws IOException, ConnectorException {
        Store store = setting.value();
        Path file = store.file(name);
        long there = Store.isFile(file) ? Files.size(file) : 0;
        if (Listing.size(store.root()) - there + bytes.length > store.mostBytesTogether()) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "all files together would have more than " + store.mostBytesTogether() + " bytes",
                    "the operator removes some, or says more \"mebibytes\" in " + setting.variable());
        }
        Path directory = file.resolveSibling("");
        Files.createDirectories(directory);
        Path partial = directory.resolve(".hone-" + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
