package dev.hone.dsl.use;

import java.util.Optional;
import java.util.Set;

/** The workflows that {@code use} may name. */
public interface Library {

    /** No workflows. */
    Library EMPTY = new Library() {
        @Override
        public Optional<Text> find(String name) {
            return Optional.empty();
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    };

    /**
     * @param file its name, for messages
     * @param companions the files beside it
     */
    record Text(String file, String text, Companions companions) {}

    Optional<Text> find(String name);

    /** For suggestions. */
    Set<String> names();
}
