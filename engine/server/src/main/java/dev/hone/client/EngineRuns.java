package dev.hone.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.Engine;
import dev.hone.engine.LiveText;
import dev.hone.engine.Question;
import dev.hone.engine.RunResult;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The runs of an engine in this process. */
public final class EngineRuns implements Runs {

    private final Engine engine;

    public EngineRuns(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Run run(String run) {
        return of(engine.run(run));
    }

    private static Run of(RunRecord record) {
        return new Run(record.id(), record.workflow(), record.createdAt());
    }

    @Override
    public Optional<Run> newest(String label, String value) {
        return engine.labelled(label, value).entrySet().stream()
                .filter(found -> value.equals(found.getValue().get(label)))
                .map(found -> of(found.getKey()))
                .findFirst();
    }

    @Override
    public List<RunEvent> events(String run) {
        return engine.events(run);
    }

    @Override
    public Optional<RunResult> result(String run) {
        return engine.result(run);
    }

    @Override
    public Runnable watch(String run, Consumer<RunEvent> listener) {
        InOrder inOrder = new InOrder(run, listener);
        // New events wait until those that are kept already are told, as they need the same lock.
        synchronized (inOrder) {
            Runnable unwatch = engine.watch(inOrder::tell);
            engine.events(run).forEach(inOrder::tell);
            return unwatch;
        }
    }

    @Override
    public Runnable listen(String run, Consumer<LiveText> listener) {
        return engine.listen(part -> {
            if (part.run().equals(run)) {
                listener.accept(part);
            }
        });
    }

    @Override
    public CompletableFuture<RunResult> ending(String run) {
        return engine.ending(run);
    }

    @Override
    public void cancel(String run) {
        engine.cancel(run);
    }

    @Override
    public void resume(String run) {
        engine.resume(run);
    }

    @Override
    public List<Question> questions(String run) {
        return engine.questions(run);
    }

    @Override
    public boolean isScripted(Question question) {
        return engine.isScripted(question);
    }

    @Override
    public boolean waits(String run) {
        return engine.waits(run);
    }

    @Override
    public void answer(Question question, ObjectNode answer) {
        engine.answer(question, answer);
    }

    /** Passes over what was told before. */
    private static final class InOrder {

        private final String run;
        private final Consumer<RunEvent> listener;
        private long told;

        InOrder(String run, Consumer<RunEvent> listener) {
            this.run = run;
            this.listener = listener;
        }

        synchronized void tell(RunEvent event) {
            if (event.run().equals(run) && event.seq() > told) {
                told = event.seq();
                listener.accept(event);
            }
        }
    }
}
