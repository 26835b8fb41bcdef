package dev.hone.engine.rules;

/** What is known of a part of a condition. */
enum Truth {
    TRUE,
    FALSE,
    /** Neither true nor false, or not for this part alone to say. */
    UNDECIDED;

    static Truth of(boolean known) {
        return known ? TRUE : FALSE;
    }

    Truth not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNDECIDED -> UNDECIDED;
        };
    }
}
