package dev.hone.client;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import java.time.Duration;
import java.util.function.Consumer;

/** Waits for a server that was there and is away, as when it is started again. One that was never there is not waited for. Thread-safe. */
final class Patience {

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Duration most;
    private final Consumer<String> screen;
    private boolean reached;
    private boolean away;
    private long since;

    /**
     * @param most how long a server may be away
     * @param screen is told when the waiting begins
     */
    Patience(Duration most, Consumer<String> screen) {
        this.most = most;
        this.screen = screen;
    }

    /** The server has answered. */
    synchronized void reached() {
        reached = true;
        away = false;
    }

    /**
     * The server has not answered. Returns when it is time to ask again.
     *
     * @throws EngineException the same, when it is not to be asked again
     */
    void await(EngineException unreachable) {
        Duration pause = pause(unreachable);
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private synchronized Duration pause(EngineException unreachable) {
        long now = System.nanoTime();
        if (!reached) {
            throw unreachable;
        }
        if (!away) {
            away = true;
            since = now;
            screen.accept("The server does not answer. It is asked again for " + most.toMinutes() + " minutes.");
        }
        Duration gone = Duration.ofNanos(now - since);
        if (gone.compareTo(most) > 0) {
            throw unreachable;
        }
        Duration pause = gone.dividedBy(4);
        return pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    /** Whoever waited for an answer was told not to. */
    static EngineException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        Problem problem = Problem.of(
                ProblemCode.CANCELLED, "nobody waits for the server's answer any more.", "Ask again for what it did.");
        return new EngineException(problem, e);
    }
}
