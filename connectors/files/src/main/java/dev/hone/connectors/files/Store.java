package dev.hone.connectors.files;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Setting;
import dev.hone.connectors.common.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A directory, as the operator says it in {@code HONE_FILES_NAME}.
 *
 * @param path absolute; it has to be there
 * @param write whether {@code file-write} may change it; false when absent
 * @param kibibytes the most that a file may have; 1,024 when absent
 * @param mebibytes the most that all files may have; 256 when absent
 */
record Store(String path, Optional<Boolean> write, Optional<Integer> kibibytes, Optional<Integer> mebibytes) {

    private static final int DEFAULT_KIBIBYTES = 1_024;
    private static final int MOST_KIBIBYTES = 16_384;
    private static final int DEFAULT_MEBIBYTES = 256;
    private static final int MOST_MEBIBYTES = 1 << 20;
    private static final int LONGEST_NAME = 300;
    /** Names that mean the same everywhere and hide nothing. */
    private static final String NAME = "[\\p{L}\\p{N}_][\\p{L}\\p{N} ._-]*(/[\\p{L}\\p{N}_][\\p{L}\\p{N} ._-]*)*";

    /** @throws ConnectorException of kind BAD_INPUT or UNKNOWN when there is none of this name, BROKEN when it is not one */
    static Setting<Store> of(String name, UnaryOperator<String> variables) throws ConnectorException {
        Setting<Store> setting = Setting.named("files", name, Store.class, "{\"path\": \"/srv/reports\"}", variables);
        Store store = setting.value();
        setting.within("kibibytes", store.kibibytes.orElse(1), MOST_KIBIBYTES);
        setting.within("mebibytes", store.mebibytes.orElse(1), MOST_MEBIBYTES);
        try {
            if (store.path == null || !Path.of(store.path).isAbsolute() || !Files.isDirectory(Path.of(store.path))) {
                throw setting.broken("needs the absolute path of a directory that is there");
            }
        } catch (InvalidPathException e) {
            throw setting.broken("has a path that is none");
        }
        return setting;
    }

    int mostBytes() {
        return kibibytes.orElse(DEFAULT_KIBIBYTES) << 10;
    }

    long mostBytesTogether() {
        return (long) mebibytes.orElse(DEFAULT_MEBIBYTES) << 20;
    }

    /** The directory itself, wherever links lead to it from. */
    Path root() throws IOException {
        return Path.of(path).toRealPath();
    }

    /**
     * Where a file is, or would be.
     *
     * @param name relative, with {@code /} between its parts
     * @throws ConnectorException of kind BAD_INPUT for what is no such name; DENIED when a link is in the way
     */
    Path file(String name) throws ConnectorException, IOException {
        if (name.length() > LONGEST_NAME || !name.matches(NAME)) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "'" + Shown.line(name) + "' is no name of a file here",
                    "write letters, digits, _, ., - and blanks, with / between directories, no part of which begins with . or -");
        }
        Path at = root();
        for (String part : name.split("/")) {
            at = at.resolve(part);
            if (Files.isSymbolicLink(at)) {
                throw new ConnectorException(
                        Kind.DENIED,
                        "a symbolic link is on the way to '" + name + "'",
                        "name the file that it leads to");
            }
        }
        return at;
    }

    /** What went wrong on the disk, as a refusal. */
    static ConnectorException failed(Setting<Store> setting, String name, IOException e) {
        return new ConnectorException(
                Kind.BROKEN,
                setting.variable() + ": '" + name + "' could not be read or written: "
                        + Shown.line(e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage()),
                "see whether the disk is full, and who owns the directory",
                null,
                e);
    }

    /** Whether something is there that is a file and no link. */
    static boolean isFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
