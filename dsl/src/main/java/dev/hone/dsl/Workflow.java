package dev.hone.dsl;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One parsed file. Immutable; maps keep the order of the file.
 *
 * @param name lower case words joined by {@code -}; the id of the compiled process
 * @param params named numbers, texts or booleans with defaults, which a caller may override
 * @param result the pool whose best artifact the run returns; empty when the file has one pool or names none
 */
public record Workflow(
        String name,
        Map<String, Input> inputs,
        Map<String, Value> params,
        Map<String, Slot> slots,
        Map<String, Pool> pools,
        Budget budget,
        List<Step> flow,
        List<Rule> rules,
        Measure measure,
        List<Control> controls,
        Optional<Name> result,
        Where where) {

    /**
     * What the caller gives.
     *
     * @param sealed whether only {@code measure} may read it
     */
    public record Input(String name, Type type, boolean sealed, Where where) {}

    /** A name that refers to something declared elsewhere in the file, with the place of the reference. */
    public record Name(String name, Where where) {}

    /**
     * Artifacts with parent, producer and score.
     *
     * @param score the scorer slot that scores every artifact when it enters
     */
    public record Pool(String name, Shape shape, Dedupe dedupe, Optional<Name> score, Where where) {}

    public enum Shape {
        FLAT
    }

    public enum Dedupe {
        NONE,
        EXACT
    }

    /** Most that a run may use, by resource; wall time in seconds. */
    public record Budget(Map<Resource, Expression> limits, Where where) {}

    public enum Resource {
        CALLS,
        TOKENS,
        MONEY,
        SECONDS
    }

    /**
     * Sealed checks after the end of the run, and the columns a report shows.
     *
     * @param checks each a tool whose output never flows back
     */
    public record Measure(List<Check> checks, List<Name> report, Where where) {}

    /**
     * @param report the reported names, each an expression over {@code out}, the tool's output
     */
    public record Check(Name tool, Map<String, Value> in, Map<String, Expression> report, Where where) {}

    /** A placebo arm. */
    public record Control(Kind kind, Where where) {
        public enum Kind {
            SINGLE_SAMPLE,
            IID_SAME_BUDGET,
            SHUFFLED_FEEDBACK
        }
    }
}
