package dev.hone.engine.compile;

import dev.hone.dsl.Step;

/** What the engine does when Zeebe hands it the job of a BPMN element. */
public sealed interface Activity {

    /** Performs a call. */
    record Ask(Step.Call step) implements Activity {}

    /** Runs a tool. */
    record Apply(Step.Exec step) implements Activity {}

    /** Reduces a pool or a list. */
    record Pick(Step.Reduce step) implements Activity {}

    /** Computes the elements that a map repeats its body for. */
    record Spread(Step.ForEach step) implements Activity {}

    /** Decides at the end of a round whether there is another. */
    record Decide(Step.Loop step) implements Activity {}

    /** Decides which branch is taken. */
    record Choose(Step.If step) implements Activity {}

    /** Ends the run: picks the best artifact, measures it, states the reason. */
    record Finish(Ending ending) implements Activity {}

    /** On which of its three ends a process arrived. */
    enum Ending {
        /** The flow came to its end. */
        COMPLETED,
        /** A rule, a limit or a problem stopped it; the ledger knows which. */
        STOPPED,
        /** The wall-time timer fired. */
        TIMED_OUT
    }
}
