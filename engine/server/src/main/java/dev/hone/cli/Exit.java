package dev.hone.cli;

/** What the process says to its caller. */
final class Exit {

    /** What was asked for was done. */
    static final int DONE = 0;

    /** A run ended with a problem, or the engine could not go on. What was kept is not lost. */
    static final int FAILED = 1;

    /** The command line cannot be understood. */
    static final int USAGE = 2;

    /** The workflow, its inputs or its parameters have problems; nothing was run. */
    static final int REFUSED = 3;

    /** The run waits for a person; {@code hone tasks} takes the answer. */
    static final int WAITING = 4;

    /** Ctrl+C. */
    static final int CANCELLED = 130;

    private Exit() {}
}
