package dev.hone.engine.ledger;

/** What an event tells. */
public enum EventKind {
    /** The broker has an instance for the run. */
    RUN_STARTED,
    /** A run that had ended, or was paused, goes on. */
    RUN_RESUMED,
    /** An operator has paused the run. */
    RUN_PAUSED,
    /** An operator has given the run more to spend. */
    BUDGET_RAISED,
    /** A model replied; with the cost. */
    CALLED,
    /** A step gave a value. */
    OUTPUT,
    /** An artifact entered a pool. */
    POOLED,
    /** A map computed its elements. */
    MAPPED,
    /** A round of a loop ended. */
    ROUND,
    /** Rules decided something. */
    DECIDED,
    /** A rule's mark made a step pass by. */
    SKIPPED,
    /** A person is asked. */
    QUESTION,
    /** A person answered. */
    ANSWERED,
    /** A policy was told of an answer that came late. */
    TOLD,
    /** A training began. */
    TRAINING,
    /** A try failed. */
    PROBLEM,
    /** The run is to end, and why. */
    STOPPING,
    /** A sealed check reported. */
    MEASURED,
    /** The run has ended, and how. */
    RUN_FINISHED
}
