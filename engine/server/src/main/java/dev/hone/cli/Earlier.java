package dev.hone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.client.Runs;
import dev.hone.engine.Engine;
import dev.hone.engine.Promoted;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Sha256;
import dev.hone.engine.Source;
import dev.hone.engine.StopReason;
import dev.hone.engine.compile.Program;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Finds what was asked before, so that asking again after a kill goes on and does not start over. */
final class Earlier {

    /** The label of a run that holds {@link #key}. */
    static final String LABEL = "asked";

    /** What to do with a run that has not come to its end. */
    enum Wish {
        /** Go on if its process was killed. */
        GO_ON,
        /** Go on also if it was cancelled or ended with a problem. */
        RESUME,
        /** Leave it, and start another. */
        ANEW
    }

    /** @param events how many there are already */
    record Found(String run, long events) {}

    private Earlier() {}

    /**
     * The same for the same program, inputs, parameters, models, values of slots, promoted or asked for, seed, tenant and
     * scripted person.
     */
    static String key(Engine engine, Source source, Program program, RunRequest request, List<ObjectNode> cases) {
        Promoted begin = Promoted.of(
                engine.promotions().holding(request.tenant(), source), program, request.models(), request.slots());
        return key(program.hash(), request.withModels(begin.models()).withSlots(begin.slots()), cases);
    }

    /**
     * The same, of models and values of slots that were asked for alone.
     *
     * @param program its hash
     */
    static String key(String program, RunRequest request, List<ObjectNode> cases) {
        ObjectNode asked = Json.object().put("program", program).put("seed", request.seed());
        asked.set("inputs", request.inputs());
        asked.set("params", Json.node(new TreeMap<>(request.params())));
        asked.set("models", Json.node(new TreeMap<>(request.models())));
        if (!request.slots().isEmpty()) {
            asked.set("slots", Json.node(new TreeMap<>(request.slots())));
        }
        Optional.ofNullable(request.labels().get(RunSetup.TENANT)).ifPresent(tenant -> asked.put("tenant", tenant));
        request.person().ifPresent(person -> asked.put("person", person.text()));
        asked.withArray("cases").addAll(cases);
        return Sha256.of(asked.toString()).substring(0, 16);
    }

    /** The earlier run to go on with, made ready for it; empty when a new one is wanted. */
    static Optional<Found> take(Runs runs, RunRequest request, Wish wish, PrintWriter screen) {
        String key = request.labels().getOrDefault(LABEL, "");
        Optional<Runs.Run> earlier = runs.newest(LABEL, key);
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        Runs.Run run = earlier.get();
        Optional<RunResult> end = runs.result(run.id());
        if (end.isEmpty() && wish == Wish.ANEW) {
            runs.cancel(run.id());
            screen.println("The earlier run " + run.id() + " is cancelled, and another one starts.");
            return Optional.empty();
        }
        if (end.isEmpty() || wish == Wish.RESUME && endedEarly(end.get())) {
            screen.println("Going on with the run " + run.id() + ", started " + run.createdAt() + ".");
            long events = runs.events(run.id()).size();
            runs.resume(run.id());
            return Optional.of(new Found(run.id(), events));
        }
        if (wish == Wish.RESUME) {
            screen.println("The run " + run.id() + " came to its end; another one starts.");
        }
        return Optional.empty();
    }

    /** Whether a run ended in a way that it can go on from. */
    static boolean endedEarly(RunResult result) {
        return result.stop().kind() == StopReason.Kind.CANCELLED
                || result.stop().kind() == StopReason.Kind.PROBLEM;
    }
}
