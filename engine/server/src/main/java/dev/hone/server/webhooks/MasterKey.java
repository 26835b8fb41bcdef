package dev.hone.server.webhooks;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.server.Settings;
import dev.hone.server.security.Variables;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The secret that the signing secrets of all webhooks are derived from, so that none of them is kept anywhere: in an
 * environment variable, or in a file of the data directory that its owner alone can read.
 */
@Singleton
final class MasterKey {

    private static final String FILE = "webhook.key";
    private static final int BYTES = 32;
    private static final int LEAST = 24;

    private final byte[] bytes;

    /** @throws EngineException when the variable is too short, or the file can neither be read nor made */
    MasterKey(WebhookSettings settings, Settings server, Variables variables) {
        Optional<String> named = variables.find(settings.masterKeyVariable());
        if (named.isPresent() && named.get().length() < LEAST) {
            throw refused(
                    "the key in " + settings.masterKeyVariable() + " has fewer than " + LEAST + " characters.",
                    "Set it to something random, for example what openssl rand -hex 32 prints.",
                    null);
        }
        Path file = server.dataDir().resolve(FILE);
        try {
            this.bytes = named.isPresent() ? named.get().getBytes(StandardCharsets.UTF_8) : file(file);
        } catch (IOException e) {
            throw refused(
                    "the key of the webhooks in " + file + " cannot be read: " + e.getMessage() + ".",
                    "Make the file readable to the server, or set " + settings.masterKeyVariable() + ".",
                    e);
        }
    }

    byte[] bytes() {
        return bytes.clone();
    }

    private static byte[] file(Path file) throws IOException {
        if (!Files.exists(file)) {
            make(file);
        }
        byte[] read = HexFormat.of()
                .parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
        if (read.length != BYTES) {
            throw new IOException("it is not " + BYTES + " bytes in hex");
        }
        return read;
    }

    /** Whole or not at all, and never readable to others. */
    private static void make(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        Path unfinished = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(unfinished);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(unfinished);
        }
        Files.writeString(
                unfinished, HexFormat.of().formatHex(fresh), StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
        try {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            Files.delete(unfinished); // somebody was quicker
        }
    }

    private static EngineException refused(
            String what, String fix, @org.jspecify.annotations.Nullable Throwable cause) {
        Problem problem = Problem.of(ProblemCode.FILE_FAILED, what, fix);
        return cause == null ? new EngineException(List.of(problem)) : new EngineException(problem, cause);
    }
}
