package dev.hone.client;

import dev.hone.engine.History;
import dev.hone.engine.RunResult;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The events of one run of a server, heard once for all who watch it. */
final class Feed {

    private final EventStream stream;
    private final List<RunEvent> heard = new ArrayList<>();
    private final List<Consumer<RunEvent>> listeners = new ArrayList<>();
    private final CompletableFuture<RunResult> ending = new CompletableFuture<>();

    Feed(Wire wire, String run) {
        this.stream = new EventStream(
                wire,
                Answers.path("runs", run) + "/events/stream",
                EventKind.RUN_FINISHED.name()::equals,
                (name, data) -> {
                    if (data.has("seq")) {
                        hear(Answers.event(run, data));
                    }
                });
    }

    void start() {
        Thread.ofVirtual().name("hone-feed").start(() -> {
            try {
                stream.read();
                synchronized (this) {
                    History.result(heard).ifPresent(ending::complete);
                }
            } catch (RuntimeException e) {
                ending.completeExceptionally(e);
            }
        });
    }

    private synchronized void hear(RunEvent event) {
        heard.add(event);
        List.copyOf(listeners).forEach(listener -> listener.accept(event));
    }

    /** Tells of all events from the first one on. @return withdraws the listener */
    synchronized Runnable watch(Consumer<RunEvent> listener) {
        heard.forEach(listener);
        listeners.add(listener);
        return () -> {
            synchronized (this) {
                listeners.remove(listener);
            }
        };
    }

    CompletableFuture<RunResult> ending() {
        return ending;
    }

    void close() {
        stream.close();
    }
}
