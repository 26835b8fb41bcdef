package dev.hone.workflows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The list of the workflows that come with Hone. */
public final class Catalogue {

    /**
     * A workflow of the catalogue.
     *
     * @param cases names the inputs that are bundled for trying it; empty for one that is made to be used by others
     */
    public record Entry(String name, Optional<String> cases) {

        /** The file as its author wrote it. */
        public String text() {
            return resource(name + "/workflow.yaml");
        }

        /** Another file of its folder, by its path from there; empty when there is none. */
        public Optional<String> file(String path) {
            return found(name + "/" + path);
        }

        /** Inputs, each a JSON object on one line. */
        public List<String> inputs() {
            return cases.map(file -> resource(file).lines().toList()).orElse(List.of());
        }
    }

    /** {@code index.txt}: on each line a name and, for workflows that can be tried at once, the file with their inputs. */
    private static final List<Entry> ENTRIES =
            resource("index.txt").lines().map(Catalogue::entry).toList();

    private Catalogue() {}

    private static Entry entry(String line) {
        String[] words = line.split(" ", 2);
        return new Entry(words[0], words.length > 1 ? Optional.of(words[1]) : Optional.empty());
    }

    public static List<Entry> entries() {
        return ENTRIES;
    }

    public static Optional<Entry> find(String name) {
        return ENTRIES.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    private static String resource(String name) {
        return found(name)
                .orElseThrow(() -> new IllegalStateException("the resource " + name + " of the catalogue is missing"));
    }

    private static Optional<String> found(String name) {
        try (InputStream in = Catalogue.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + name + " of the catalogue cannot be read", e);
        }
    }
}
