package dev.hone.connectors.sandbox;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The texts that a run finds in its work directory, by plain relative paths. */
final class WorkFiles {

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}(/[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}){0,7}");
    private static final int MOST_FILES = 1_000;
    private static final int MOST_BYTES = 16 << 20;

    private final Map<String, byte[]> files = new TreeMap<>();
    private int bytes;

    /** @throws ConnectorException of kind BAD_INPUT when a name is no plain path, or there is too much */
    WorkFiles with(Map<String, String> more) throws ConnectorException {
        for (Map.Entry<String, String> file : more.entrySet()) {
            with(file.getKey(), file.getValue());
        }
        return this;
    }

    WorkFiles with(String name, String text) throws ConnectorException {
        if (!NAME.matcher(name).matches()) {
            throw refused(
                    "'" + (name.length() > 100 ? name.substring(0, 100) + "..." : name) + "' is no name of a file",
                    "use a relative path of letters, digits, '_', '-' and '.', whose parts do not begin with '.'");
        }
        if (text == null) {
            throw refused("the file " + name + " has no text", "give each file a text");
        }
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        bytes += content.length;
        if (files.put(name, content) != null) {
            throw refused(
                    "there are two files " + name, "name it otherwise; the tool writes a file of this name itself");
        }
        if (bytes > MOST_BYTES || files.size() > MOST_FILES) {
            throw refused(
                    "there are more than " + MOST_FILES + " files or " + MOST_BYTES + " bytes in them", "give fewer");
        }
        return this;
    }

    /** @throws ConnectorException of kind BAD_INPUT when one file is in the way of another */
    void write(Path directory) throws IOException, ConnectorException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            for (String above = parent(file.getKey()); !above.isEmpty(); above = parent(above)) {
                if (files.containsKey(above)) {
                    throw refused(
                            "the file " + above + " is in the way of " + file.getKey(), "name one of them otherwise");
                }
            }
            Files.createDirectories(directory.resolve(parent(file.getKey())));
            Files.write(path, file.getValue());
        }
    }

    /** The empty path for a name at the top. */
    private static String parent(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    private static ConnectorException refused(String what, String fix) {
        return new ConnectorException(Kind.BAD_INPUT, what, fix);
    }
}
