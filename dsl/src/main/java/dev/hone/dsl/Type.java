package dev.hone.dsl;

import java.util.Map;

/** What is known of a value before a run. */
public sealed interface Type {

    Type ANY = new Any();
    Type TEXT = new Scalar(ScalarKind.TEXT);
    Type NUMBER = new Scalar(ScalarKind.NUMBER);
    Type BOOLEAN = new Scalar(ScalarKind.BOOLEAN);

    /** Nothing is known; every field may exist. */
    record Any() implements Type {}

    record Scalar(ScalarKind kind) implements Type {}

    record ListOf(Type items) implements Type {}

    /**
     * An object.
     *
     * @param fields the fields by name, in order
     * @param open whether it may have others
     */
    record Fields(Map<String, Type> fields, boolean open) implements Type {}

    enum ScalarKind {
        TEXT,
        NUMBER,
        BOOLEAN
    }
}
