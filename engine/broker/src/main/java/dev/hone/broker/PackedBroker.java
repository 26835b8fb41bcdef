package dev.hone.broker;

import dev.hone.broker.BrokerException.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The broker's jars inside ours, and their copy in the cache that the child process runs from. */
final class PackedBroker {

    private static final String ROOM = "/META-INF/hone-broker/";
    private static final long NEEDED_BYTES = 200L << 20;

    private PackedBroker() {}

    /**
     * The directory holding the unpacked broker. Several processes may unpack at the same time: each into its own
     * directory, the first to rename it wins, and what is under the final name is always complete.
     *
     * @throws BrokerException when the cache cannot be written
     */
    static Path unpackedIn(Path cache) {
        try (BufferedReader index = new BufferedReader(new InputStreamReader(open("index"), StandardCharsets.UTF_8))) {
            List<String> lines = index.lines().filter(l -> !l.isBlank()).toList();
            Path ready = cache.resolve("broker").resolve(lines.getFirst().substring(0, 16));
            if (!Files.isDirectory(ready)) {
                unpack(lines.subList(1, lines.size()), ready);
            }
            return ready;
        } catch (IOException | UncheckedIOException error) {
            throw new BrokerException(
                    Kind.NOT_WRITABLE,
                    "The broker cannot be unpacked into " + cache + ": " + error + ".",
                    "Make that directory writable, or name another one in HONE_CACHE.",
                    error);
        }
    }

    private static void unpack(List<String> names, Path ready) throws IOException {
        Path parent = Files.createDirectories(ready.getParent());
        Disk.require(parent, NEEDED_BYTES, "unpack the broker", "name another directory in HONE_CACHE");
        Path mine = Files.createTempDirectory(parent, "unpacking-");
        try {
            for (String name : names) {
                try (InputStream in = open(name)) {
                    Files.copy(in, mine.resolve(name));
                }
            }
            Files.move(mine, ready, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException taken) {
            // Someone was faster; what they unpacked is the same.
            if (!Files.isDirectory(ready)) {
                throw taken;
            }
        } finally {
            delete(mine);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = PackedBroker.class.getResourceAsStream(ROOM + name);
        if (in == null) {
            throw new IOException(ROOM + name + " is missing in " + PackedBroker.class.getModule()
                    + "; the jar is incomplete, or was repacked without its resources");
        }
        return in;
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
