package dev.hone.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.Source;
import dev.hone.engine.compile.Program;
import java.util.Optional;

/** What is to take the place of what runs now. */
public sealed interface Candidate {

    /**
     * Another value for one slot.
     *
     * @param value the value; whatever the arm used when absent
     */
    record ForSlot(String slot, Optional<JsonNode> value) implements Candidate {}

    /** Another workflow. */
    record Whole(Program program, Source source) implements Candidate {}
}
