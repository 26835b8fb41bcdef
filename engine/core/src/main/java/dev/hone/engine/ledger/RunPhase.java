package dev.hone.engine.ledger;

/** What a run is doing. */
public enum RunPhase {
    /** It goes on. */
    RUNNING,
    /** It goes on, and in some branch it waits for a person. */
    WAITING,
    /** An operator has paused it. */
    PAUSED,
    /** It has ended. */
    FINISHED
}
