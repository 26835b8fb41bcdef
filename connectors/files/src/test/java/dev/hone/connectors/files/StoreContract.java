package dev.hone.connectors.files;

import dev.hone.connectors.testkit.ConnectorContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store {@code s} with files, something hidden, and links that lead out of it. */
abstract class StoreContract<I extends Record, O extends Record> extends ConnectorContract<I, O> {

    @TempDir
    Path directory;

    /** What the operator says of it, besides its path. */
    UnaryOperator<String> saying(String more) {
        return Map.of("HONE_FILES_S", "{\"path\": \"" + directory + "/store\"" + more + "}")::get;
    }

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(directory.resolve("store/sub"));
        Files.writeString(directory.resolve("store/a.txt"), "caf\u00e9");
        Files.writeString(directory.resolve("store/sub/b.md"), "b");
        Files.writeString(directory.resolve("store/.hidden"), "no");
        Files.writeString(directory.resolve("secret.txt"), "no");
        Files.createSymbolicLink(directory.resolve("store/link.txt"), directory.resolve("secret.txt"));
        Files.createSymbolicLink(directory.resolve("store/way"), directory);
    }

    /** A disk answers at once. */
    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }
}
