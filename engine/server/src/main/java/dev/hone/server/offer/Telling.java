package dev.hone.server.offer;

import dev.hone.engine.Engine;
import dev.hone.engine.LiveText;
import dev.hone.engine.ledger.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Tells a run while it goes on. It listens before the run begins, so that its first model is asked for a stream, too. What comes
 * faster than it is taken is left out once {@value #MOST} parts wait.
 */
public final class Telling implements AutoCloseable {

    private static final int MOST = 1_000;

    private final Engine engine;
    private final Narration narration = new Narration();
    private final Sinks.Many<String> said = Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(MOST));
    private final Runnable unlisten;
    private final List<LiveText> early = new ArrayList<>();
    private Runnable unwatch = () -> {};
    private @Nullable String run;
    private long seen;

    public Telling(Engine engine) {
        this.engine = engine;
        this.unlisten = engine.listen(this::hear);
    }

    /** From now on it is about this run, from its beginning to its end. */
    public void of(String started) {
        // New events wait until those that are kept already are told, as their listener needs the same lock.
        synchronized (this) {
            run = started;
            unwatch = engine.watch(this::see);
            engine.events(started).forEach(this::see);
            early.forEach(this::hear);
            early.clear();
        }
        engine.ending(started).whenComplete((end, failure) -> close());
    }

    /** What is told, until the end or {@link #close}; for one who listens. */
    public Flux<String> parts() {
        return said.asFlux();
    }

    private synchronized void see(RunEvent event) {
        if (event.run().equals(run) && event.seq() > seen) {
            seen = event.seq();
            say(narration.tell(event));
        }
    }

    private synchronized void hear(LiveText part) {
        if (run == null) {
            early.add(part);
        } else if (part.run().equals(run)) {
            say(narration.tell(part));
        }
    }

    private void say(String text) {
        if (!text.isEmpty()) {
            said.tryEmitNext(text);
        }
    }

    @Override
    public void close() {
        unlisten.run();
        unwatch.run();
        synchronized (this) {
            said.tryEmitComplete();
        }
    }
}
