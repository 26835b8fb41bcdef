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
     * @param cases names the inputs that are bundled for trying it
     */
    public record Entry(String name, String cases) {

        /** The file as its author wrote it. */
        public String text() {
            return resource(name + "/workflow.yaml");
        }

        /** Inputs, each a JSON object on one line. */
        public List<String> inputs() {
            return resource(cases).lines().toList();
        }
    }

    /** Twenty list-programming tasks with held-out solutions: the first ones of their seed, not chosen. */
    private static final String LISTPROG = "listprog.jsonl";

    private static final List<Entry> ENTRIES =
            List.of(new Entry("feedback-edit", LISTPROG), new Entry("refine", LISTPROG));

    private Catalogue() {}

    public static List<Entry> entries() {
        return ENTRIES;
    }

    public static Optional<Entry> find(String name) {
        return ENTRIES.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    private static String resource(String name) {
        try (InputStream in = Catalogue.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " of the catalogue is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + name + " of the catalogue cannot be read", e);
        }
    }
}
