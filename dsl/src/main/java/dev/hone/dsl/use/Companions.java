package dev.hone.dsl.use;

import java.util.Optional;

/** The files beside a workflow that its rules are in. */
public interface Companions {

    /** None: a workflow that stands alone. */
    Companions NONE = path -> Optional.empty();

    /**
     * The text of a file.
     *
     * @param path from the folder of the workflow's file, with {@code /} between its parts; it never leads out of the folder
     */
    Optional<String> find(String path);
}
