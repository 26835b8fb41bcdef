package dev.hone.connectors.common;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work that blocks, on a thread of its own, and is left when its time is over or its run is cancelled. */
public final class Bounded {

    /** Work that blocks. */
    @FunctionalInterface
    public interface Work<T> {
        T get() throws ConnectorException;
    }

    private Bounded() {}

    /**
     * Waits for the work.
     *
     * @param whom it is done with, as a message calls it
     * @param stop ends the work; called once at most, from another thread
     * @throws ConnectorException of the work; of kind TIMEOUT; CANCELLED
     */
    public static <T> T run(CallContext context, String whom, Runnable stop, Work<T> work) throws ConnectorException {
        if (context.cancellation().cancelled()) {
            throw cancelled(whom);
        }
        if (!context.timeout().isPositive()) {
            throw late(whom, context);
        }
        CompletableFuture<T> end = new CompletableFuture<>();
        Thread worker = Thread.ofVirtual().start(() -> {
            try {
                end.complete(work.get());
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        });
        try (Cancellation.Registration listening = context.cancellation().onCancel(() -> end.cancel(true))) {
            return end.get(context.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (CancellationException e) {
            stop(stop, worker);
            throw cancelled(whom);
        } catch (TimeoutException e) {
            stop(stop, worker);
            throw late(whom, context);
        } catch (InterruptedException e) {
            stop(stop, worker);
            Thread.currentThread().interrupt();
            throw cancelled(whom);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectorException refusal) {
                throw refusal;
            }
            throw new ConnectorException(
                    Kind.BROKEN, "the call of " + whom + " failed: " + e.getCause(), "report it", null, e.getCause());
        }
    }

    private static void stop(Runnable stop, Thread worker) {
        stop.run();
        worker.interrupt();
    }

    private static ConnectorException cancelled(String whom) {
        return new ConnectorException(
                Kind.CANCELLED, "the call of " + whom + " was cancelled", "start the run again if wanted");
    }

    private static ConnectorException late(String whom, CallContext context) {
        return new ConnectorException(
                Kind.TIMEOUT,
                whom + " did not answer within " + context.timeout(),
                "ask for less, or see whether it is overloaded");
    }
}
