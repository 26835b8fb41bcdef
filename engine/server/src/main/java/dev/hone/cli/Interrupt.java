package dev.hone.cli;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl+C, or the polite kill: the first one cancels what is being waited for, so that its end is kept and reported; the
 * second one ends the process at once.
 */
final class Interrupt implements AutoCloseable {

    private static final String[] SIGNALS = {"INT", "TERM"};

    private final AtomicInteger count = new AtomicInteger();
    private final SignalHandler[] before = new SignalHandler[SIGNALS.length];

    Interrupt(Runnable cancel) {
        for (int i = 0; i < SIGNALS.length; i++) {
            before[i] = Signal.handle(new Signal(SIGNALS[i]), signal -> {
                if (count.incrementAndGet() == 1) {
                    Thread.ofVirtual().name("hone-cancel").start(cancel);
                } else {
                    Runtime.getRuntime().halt(Exit.CANCELLED);
                }
            });
        }
    }

    boolean happened() {
        return count.get() > 0;
    }

    @Override
    public void close() {
        for (int i = 0; i < SIGNALS.length; i++) {
            Signal.handle(new Signal(SIGNALS[i]), before[i]);
        }
    }
}
