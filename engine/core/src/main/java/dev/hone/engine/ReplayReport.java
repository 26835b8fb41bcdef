package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Cassette;
import dev.hone.engine.work.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A replay beside the run that it replayed.
 *
 * @param heard how many calls, reports and answers the replay took from the recording
 * @param agrees how far the two tell the same
 * @param differs the first event that they do not share
 */
public record ReplayReport(
        RunResult recorded, RunResult replayed, int heard, Agreement agrees, Optional<Difference> differs) {

    /** How far a replay is as its recording. */
    public enum Agreement {
        /** Every event, to the byte. */
        SAME,
        /** Every event, but those of parallel branches are mixed in another order. */
        SAME_BUT_ORDER,
        DIFFERENT
    }

    /**
     * Where a replay leaves its recording.
     *
     * @param number counted from 1 in the events that a replay makes again
     * @param recorded empty where the recording is at its end
     * @param replayed empty where the replay is at its end
     */
    public record Difference(int number, Optional<RunEvent> recorded, Optional<RunEvent> replayed) {}

    /** @param recorded all events of a run that has ended; {@code replayed} those of its replay, which has ended too */
    public static ReplayReport of(List<RunEvent> recorded, List<RunEvent> replayed) {
        List<RunEvent> before = Cassette.again(recorded);
        List<RunEvent> now = Cassette.again(replayed);
        List<String> left = told(before);
        List<String> right = told(now);
        int shared = 0;
        while (shared < Math.min(left.size(), right.size()) && left.get(shared).equals(right.get(shared))) {
            shared++;
        }
        Agreement agreement = left.equals(right)
                ? Agreement.SAME
                : left.stream().sorted().toList().equals(right.stream().sorted().toList())
                        ? Agreement.SAME_BUT_ORDER
                        : Agreement.DIFFERENT;
        return new ReplayReport(
                History.result(recorded).orElseThrow(),
                History.result(replayed).orElseThrow(),
                heard(now),
                agreement,
                agreement == Agreement.DIFFERENT
                        ? Optional.of(new Difference(shared + 1, at(before, shared), at(now, shared)))
                        : Optional.empty());
    }

    /** Whether the replay ended because the recording knows no more. */
    public boolean brokeOff() {
        return replayed.stop()
                .problem()
                .filter(problem -> problem.code() == ProblemCode.NOT_RECORDED)
                .isPresent();
    }

    private static Optional<RunEvent> at(List<RunEvent> events, int index) {
        return index < events.size() ? Optional.of(events.get(index)) : Optional.empty();
    }

    private static int heard(List<RunEvent> events) {
        int heard = 0;
        for (RunEvent event : events) {
            if (event.kind() == EventKind.CALLED || event.kind() == EventKind.ANSWERED) {
                heard++;
            }
            heard += Json.read(event.body()).path("calls").size();
        }
        return heard;
    }

    /** What the events tell, without what is of one run alone: its name, its duration, the numbers of its events. */
    private static List<String> told(List<RunEvent> events) {
        List<String> told = new ArrayList<>();
        for (RunEvent event : events) {
            JsonNode body = Json.read(event.body());
            if (body instanceof ObjectNode object) {
                object.remove("seen");
                if (event.kind() == EventKind.RUN_FINISHED) {
                    object.remove(List.of("run", "seconds"));
                }
            }
            told.add(event.element() + " " + event.iteration() + " " + event.kind() + " " + body);
        }
        return told;
    }
}
