package dev.hone.dsl;

import java.util.List;

/** What comes of reading a file. */
public sealed interface Reading {

    record Parsed(Workflow workflow) implements Reading {}

    /** @param problems at least one, in the order of the file */
    record Refused(List<Problem> problems) implements Reading {}
}
