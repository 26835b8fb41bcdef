package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Step;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import java.util.Optional;

/** Decides at the end of a round: the limits first, then {@code until}, then the rules. */
final class LoopWorker {

    private final Rulings rulings;

    LoopWorker(Rulings rulings) {
        this.rulings = rulings;
    }

    /** What a round's end came to: another round or none, or what the rules moved elsewhere. */
    record RoundEnd(ObjectNode variables, Optional<Rulings.Ruling> ruling) {}

    RoundEnd perform(Site site, Step.Loop loop) throws StepProblem {
        Run run = site.run();
        int round = site.iteration().last();
        JsonNode known =
                run.read(state -> state.round(site.element(), site.iteration())).orElse(null);
        Optional<Rulings.Ruling> ruling = Optional.empty();
        String go;
        if (known != null) {
            go = known.path("go").asText();
            ruling = Optional.of(new Rulings.Ruling((ObjectNode) known));
        } else {
            ObjectNode body = Json.object().put("loop", loop.id()).put("round", round);
            long most = run.mostRounds(site, loop);
            if (round >= most) {
                go = leave(body, "limit", "the loop " + loop.id() + " reached its limit of " + most + " rounds");
            } else if (until(site, loop)) {
                String until = loop.until().orElseThrow().text();
                go = leave(body, "until", "'" + until + "' became true in round " + round + " of " + loop.id());
            } else {
                Rulings.Ruling fresh = rulings.afterRound(site);
                body.setAll(fresh.body());
                // A restart at the end of a round is the next round, and what came before is no longer seen.
                go = fresh.leaves(loop.id()) ? Program.LEAVE : Program.AGAIN;
                ruling = Optional.of(fresh);
            }
            run.write(new Run.Entry(site, 1, EventKind.ROUND, body.put("go", go)));
        }
        ObjectNode variables = Json.object().put(Program.GO, go);
        if (go.equals(Program.AGAIN)) {
            variables.put(run.counterOf(site), round + 1);
        }
        return new RoundEnd(variables, ruling);
    }

    private static String leave(ObjectNode body, String why, String text) {
        body.put("why", why).put("text", text);
        return Program.LEAVE;
    }

    private static boolean until(Site site, Step.Loop loop) throws StepProblem {
        return loop.until().isPresent() && site.holds(loop.until());
    }
}
