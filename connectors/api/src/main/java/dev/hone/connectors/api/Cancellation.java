package dev.hone.connectors.api;

import java.util.ArrayList;
import java.util.List;

/** A one-way switch that a run throws once and a blocking call listens to. Thread-safe. */
public final class Cancellation {

    private final List<Runnable> listeners = new ArrayList<>();
    private boolean cancelled;

    public synchronized boolean cancelled() {
        return cancelled;
    }

    /**
     * Runs {@code listener} on cancellation, at once when that has already happened.
     *
     * @return a handle that withdraws the listener; to be closed when the call is over
     */
    public Registration onCancel(Runnable listener) {
        synchronized (this) {
            if (!cancelled) {
                listeners.add(listener);
                return () -> {
                    synchronized (this) {
                        listeners.remove(listener);
                    }
                };
            }
        }
        listener.run();
        return () -> {};
    }

    /** Throws the switch. The listeners run on the calling thread, each once. */
    public void cancel() {
        List<Runnable> due;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = List.copyOf(listeners);
            listeners.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Withdraws a listener. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
