package dev.hone.engine.world;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Where calls of the model {@code gated} wait until a test lets them through: one gate for each target. */
public final class Gate {

    private static final Map<Integer, Gate> GATES = new ConcurrentHashMap<>();

    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore open = new Semaphore(0);

    private Gate() {}

    public static Gate of(int target) {
        return GATES.computeIfAbsent(target, t -> new Gate());
    }

    /** Returns when one more call has come. */
    public void awaitCall() throws InterruptedException {
        arrived.acquire();
    }

    /** How many calls have come that no test has waited for. */
    public int waiting() {
        return arrived.availablePermits();
    }

    public void letThrough(int calls) {
        open.release(calls);
    }

    static void pass(int target) {
        Gate gate = of(target);
        gate.arrived.release();
        gate.open.acquireUninterruptibly();
    }
}
