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

    /** Passes by a step with steps inside of it when a rule skips it. */
    record Unless(Step step) implements Activity {}

    /** Puts a person's question into the ledger, or finds that nobody is to be asked. */
    record Question(Step.Human step) implements Activity {}

    /** Takes the answer of a person, or does without. */
    record Answer(Step.Human step) implements Activity {}

    /** Asks a policy. */
    record Select(Step.Choose step) implements Activity {}

    /** Tells a policy. */
    record Teach(Step.Tell step) implements Activity {}

    /** Reads a memory. */
    record Read(Step.Recall step) implements Activity {}

    /** Writes to a memory. */
    record Keep(Step.Remember step) implements Activity {}

    /** Trains. */
    record Fit(Step.Train step) implements Activity {}

    /** Changes the version of a slot. */
    record Version(Step.SetSlot step) implements Activity {}

    /** Puts the first artifacts into the pools that have some. */
    record Seed() implements Activity {}

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
