package dev.hone.engine.ledger;

/** What has become of a question to a person. */
public enum TaskState {
    /** The run waits for the answer. */
    OPEN,
    /** The run has gone on without; an answer is still taken. */
    LATE,
    /** Somebody has answered. */
    ANSWERED,
    /** Somebody has said that there will be no answer. */
    REJECTED,
    /** The run has gone on without an answer, and takes none any more. */
    EXPIRED,
    /** The run has ended first. */
    CLOSED
}
