package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What a fork shares with the run that it branches off: the events up to a place, without the starts, the pauses and the ends
 * of that run, and without questions that nobody had answered by then, which the fork asks anew. The fork is then like a run
 * whose process was killed there.
 */
public final class Forks {

    private final List<RunEvent> shared = new ArrayList<>();
    /** Of each shared event how far the run's clock had gone. */
    private final List<Duration> times = new ArrayList<>();

    private final Clock clock = new Clock();
    private final Instant began;

    /**
     * @param all the events of the run, in order
     * @param before the number of the first event that is not shared
     */
    public Forks(RunRecord run, List<RunEvent> all, long before) {
        this.began = RunSetup.parse(run.setup()).began(run.createdAt());
        List<RunEvent> past = all.stream().filter(event -> event.seq() < before).toList();
        for (RunEvent event : past) {
            clock.hear(event);
            if (isShared(event, past)) {
                shared.add(event);
                times.add(Duration.between(began, event.at()).minus(clock.stood()));
            }
        }
        dropHalfACall();
    }

    private static boolean isShared(RunEvent event, List<RunEvent> past) {
        return switch (event.kind()) {
            case RUN_STARTED, RUN_PAUSED, STOPPING, MEASURED, RUN_FINISHED -> false;
            case RUN_RESUMED -> Cassette.releases(Json.read(event.body()));
            case QUESTION -> past.stream().anyMatch(other -> answers(other, event));
            case BUDGET_RAISED,
                    CALLED,
                    OUTPUT,
                    POOLED,
                    MAPPED,
                    ROUND,
                    DECIDED,
                    SKIPPED,
                    PROBLEM,
                    ANSWERED,
                    TRAINING,
                    TOLD -> true;
        };
    }

    private static boolean answers(RunEvent event, RunEvent question) {
        String step = question.element().substring(0, question.element().lastIndexOf('.'));
        return (event.kind() == EventKind.ANSWERED || event.kind() == EventKind.OUTPUT)
                && event.element().equals(step + ".take")
                && event.iteration().equals(question.iteration());
    }

    /** A reply and what it means are written together: one without the other never was. */
    private void dropHalfACall() {
        if (!shared.isEmpty() && shared.getLast().kind() == EventKind.CALLED) {
            shared.removeLast();
            times.removeLast();
        }
    }

    /** When the fork would have begun to be where it is at a moment. */
    public Instant began(Instant now) {
        return times.isEmpty() ? now : now.minus(times.getLast());
    }

    /** The shared events as the first ones of the fork. @param start as {@link #began} says it */
    public List<RunEvent> events(String fork, Instant start) {
        TreeMap<Long, Long> numbers = new TreeMap<>();
        List<RunEvent> events = new ArrayList<>();
        int resumes = 0;
        for (int i = 0; i < shared.size(); i++) {
            RunEvent event = shared.get(i);
            long seq = i + 1;
            numbers.put(event.seq(), seq);
            resumes += event.kind() == EventKind.RUN_RESUMED ? 1 : 0;
            events.add(new RunEvent(
                    fork,
                    seq,
                    event.element(),
                    event.iteration(),
                    event.kind() == EventKind.RUN_RESUMED ? resumes + 1 : event.attempt(),
                    event.kind(),
                    start.plus(times.get(i)),
                    body(event, numbers)));
        }
        return events;
    }

    /** A call says what the last event was that it had seen, by its number. */
    private static String body(RunEvent event, TreeMap<Long, Long> numbers) {
        JsonNode body = Json.read(event.body());
        if (!body.path("seen").isIntegralNumber()) {
            return event.body();
        }
        var last = numbers.floorEntry(body.path("seen").asLong());
        return ((ObjectNode) body)
                .put("seen", last == null ? 0 : last.getValue())
                .toString();
    }
}
