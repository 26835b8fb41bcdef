package dev.hone.engine.work;

import java.time.Duration;

/**
 * What makes a run a replay: it hears what another run heard, in the same order.
 *
 * @param turns who is next
 */
record Replay(Cassette cassette, Turns turns) {

    /** A replay of the same program follows its recording all the way, however slow the machine is. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Another program goes other ways, and those that the recording waits for in vain are many. */
    private static final Duration PATIENCE_ASTRAY = Duration.ofMillis(500);

    static Replay of(Cassette cassette, boolean sameProgram) {
        return new Replay(cassette, new Turns(cassette.events(), sameProgram ? PATIENCE : PATIENCE_ASTRAY));
    }
}
