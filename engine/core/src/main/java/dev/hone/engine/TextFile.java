package dev.hone.engine;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A text file that somebody named. What keeps it from being read or written becomes an {@link EngineException} with a
 * problem that says so.
 */
public record TextFile(Path path) {

    private static final int MOST_BYTES = 32 << 20;

    public static TextFile named(String name) {
        try {
            return new TextFile(Path.of(name));
        } catch (InvalidPathException e) {
            throw failed(
                    "'" + name + "' cannot be the name of a file: " + e.getReason() + ".", "Choose another name.", e);
        }
    }

    public String read() {
        if (Files.isDirectory(path)) {
            throw failed(path + " is a directory.", "Give the path of a file in it.");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return read(in, path.toString());
        } catch (NoSuchFileException e) {
            throw new EngineException(
                    Problem.of(
                            ProblemCode.NOT_FOUND,
                            "there is no file " + path + ".",
                            "Give the path of a file that is there, from the directory in which you are."),
                    e);
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    /** @param name for messages, as in "the standard input" */
    public static String read(InputStream in, String name) {
        try {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw failed(name + " is larger than " + (MOST_BYTES >> 20) + " MB.", "Give a smaller one.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw failed(name + " is not UTF-8 text.", "Save it as UTF-8.", e);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** Whole or not at all, in the place of what was there before; makes the directory when there is none. */
    public void replace(String text) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Path part = path.resolveSibling(path.getFileName() + ".part");
            try {
                Files.writeString(part, text, StandardCharsets.UTF_8);
                Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Whole or not at all, and never in the place of something that is there. */
    public void create(String text) {
        if (Files.isDirectory(path)) {
            throw failed(path + " is a directory.", "Give the name of a file in it.");
        }
        try {
            Files.writeString(path, "", StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw failed("the file " + path + " is there already.", "Choose another name; nothing was overwritten.", e);
        } catch (NoSuchFileException e) {
            throw failed(
                    "the directory " + path.toAbsolutePath().getParent() + " is not there.",
                    "Make it, or choose another.",
                    e);
        } catch (IOException e) {
            throw unwritable(e);
        }
        try {
            Files.writeString(path, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            remove(e);
            throw unwritable(e);
        }
    }

    private void remove(IOException because) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private static EngineException unreadable(String name, IOException e) {
        return failed(name + " cannot be read: " + reason(e) + ".", "Make it readable, or give another.", e);
    }

    private EngineException unwritable(IOException e) {
        return failed(
                "the file " + path + " cannot be written: " + reason(e) + ".",
                "Choose a directory that is writable and has room.",
                e);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission is denied";
            case FileAlreadyExistsException there -> there.getFile() + " is not a directory";
            case FileSystemException known when known.getReason() != null -> known.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static EngineException failed(String what, String fix) {
        return new EngineException(List.of(Problem.of(ProblemCode.FILE_FAILED, what, fix)));
    }

    private static EngineException failed(String what, String fix, Throwable cause) {
        return new EngineException(Problem.of(ProblemCode.FILE_FAILED, what, fix), cause);
    }
}
