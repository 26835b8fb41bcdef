package dev.hone.server.runs;

import dev.hone.engine.Engine;
import dev.hone.engine.LiveText;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * The events of runs as streams. What is kept in the ledger is read as fast as the one who listens takes it, so nothing waits
 * in memory, and nothing is lost when they are slow or come back later.
 */
@Singleton
final class RunFeed {

    private static final int PAGE = 500;
    private static final int MOST_TEXTS = 1_000;

    private final Engine engine;
    private final Executor threads =
            task -> Thread.ofVirtual().name("hone-feed").start(task);

    RunFeed(Engine engine) {
        this.engine = engine;
    }

    /** The events with a larger number, in order, up to the end of the run. */
    Flux<RunEvent> events(String run, long after) {
        return Flux.create(sink -> new Pump(run, after, sink).open(), FluxSink.OverflowStrategy.ERROR);
    }

    /** What the models of a run write while they write it; what comes too fast for the one who listens is left out. */
    Flux<LiveText> texts(String run) {
        return Flux.<LiveText>create(
                        sink -> {
                            Runnable unheard = engine.listen(text -> {
                                if (text.run().equals(run)) {
                                    sink.next(text);
                                }
                            });
                            sink.onDispose(unheard::run);
                        },
                        FluxSink.OverflowStrategy.IGNORE)
                .onBackpressureBuffer(MOST_TEXTS, dropped -> {}, BufferOverflowStrategy.DROP_OLDEST);
    }

    /** Reads the ledger for one who listens, one read at a time. */
    private final class Pump {

        private final String run;
        private final FluxSink<RunEvent> sink;
        private final AtomicInteger calls = new AtomicInteger();
        private long seq;
        private boolean ended;

        Pump(String run, long after, FluxSink<RunEvent> sink) {
            this.run = run;
            this.seq = after;
            this.sink = sink;
        }

        void open() {
            Runnable unwatch = engine.follow(run, this::wake);
            sink.onDispose(unwatch::run);
            sink.onRequest(more -> wake());
        }

        /** Of calls that come while it reads, one more reading is made. */
        private void wake() {
            if (calls.getAndIncrement() == 0) {
                threads.execute(this::drain);
            }
        }

        private void drain() {
            int missed = 1;
            do {
                try {
                    read();
                } catch (RuntimeException e) {
                    sink.error(e);
                    return;
                }
                missed = calls.addAndGet(-missed);
            } while (missed != 0);
        }

        private void read() {
            for (long wanted; (wanted = sink.requestedFromDownstream()) > 0 && !sink.isCancelled(); ) {
                List<RunEvent> events = engine.events(run, seq, (int) Math.min(wanted, PAGE));
                for (RunEvent event : events) {
                    seq = event.seq();
                    ended = event.kind() == EventKind.RUN_FINISHED;
                    sink.next(event);
                }
                if (events.isEmpty()) {
                    if (ended) {
                        sink.complete();
                    }
                    return;
                }
            }
        }
    }
}
