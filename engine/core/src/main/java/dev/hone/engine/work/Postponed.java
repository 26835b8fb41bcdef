package dev.hone.engine.work;

import java.time.Duration;

/** A call that a provider's limits do not allow yet. Nothing was reserved and nothing failed: the job comes again. */
final class Postponed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration pause;

    Postponed(Duration pause, String what) {
        super(what);
        this.pause = pause;
    }

    Duration pause() {
        return pause;
    }
}
