package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import dev.hone.engine.StopReason;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.rules.Decision;
import dev.hone.engine.rules.Fact;
import dev.hone.engine.rules.RuleFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks the rules after a step, writes down what they decided and why, and says where the flow goes. What was decided once
 * is not decided again.
 */
final class Rulings {

    /**
     * What the rules made of a step.
     *
     * @param body the event that keeps it
     */
    record Ruling(ObjectNode body) {

        static final Ruling NONE = new Ruling(Json.object());

        /** The error code of the move, if the flow moves. */
        Optional<String> move() {
            return Optional.ofNullable(body.path("move").textValue());
        }

        boolean leaves(String loop) {
            return body.path("leaves").asText().equals(loop);
        }

        /** Why the run ends, when the move is to end it. */
        StopReason reason() {
            return StopReasons.byRule(body);
        }
    }

    /** After a call: what the reply signals, how the pool stands, what is left to spend. */
    Ruling afterCall(Site site, Step.Call step) throws StepProblem {
        List<Fact> facts = new ArrayList<>();
        if (step.as().isPresent() && step.out().isPresent()) {
            facts.add(signal(site, step.as().get(), step.out().get().name()));
        }
        if (step.into().isPresent()) {
            facts.add(Facts.pool(site, step.into().get().name()));
        }
        facts.add(Facts.budget(site, false));
        return rule(site, facts);
    }

    Ruling afterTool(Site site, Step.Exec step) throws StepProblem {
        if (step.as().isEmpty() || step.out().isEmpty()) {
            return Ruling.NONE;
        }
        return rule(site, List.of(signal(site, step.as().get(), step.out().get().name())));
    }

    Ruling afterRound(Site site) throws StepProblem {
        return rule(site, List.of(Facts.round(site)));
    }

    /** When a call does not fit into the budget: where the rules send the flow, if anywhere. */
    Ruling exhausted(Site site) {
        try {
            return rule(site, List.of(Facts.budget(site, true)));
        } catch (StepProblem e) {
            return Ruling.NONE; // the run ends for want of budget either way
        }
    }

    private static Fact signal(Site site, Step.SignalKind kind, String name) throws StepProblem {
        JsonNode value = site.run()
                .read(state -> state.outcome(site.element(), site.iteration()))
                .map(body -> body.path("value"))
                .orElseThrow();
        return Facts.signal(site, kind, name, value);
    }

    private Ruling rule(Site site, List<Fact> facts) throws StepProblem {
        Run run = site.run();
        Optional<JsonNode> known = run.read(state -> state.decision(site.element(), site.iteration()));
        if (known.isPresent()) {
            return new Ruling((ObjectNode) known.get());
        }
        ObjectNode body = Json.object();
        try {
            add(site, run.rules().decide(facts), body);
        } catch (RuleFailure e) {
            throw new StepProblem(e.problem());
        }
        if (!body.isEmpty()) {
            run.write(new Run.Entry(site, 1, EventKind.DECIDED, body));
        }
        return new Ruling(body);
    }

    private static void add(Site site, Decision decision, ObjectNode body) {
        for (Decision.Fired fired : decision.fired()) {
            body.withArray("fired").add(fired.json());
        }
        decision.flags().forEach(flag -> body.withArray("flags").add(flag.text()));
        for (Rule.Effect.Accept accept : decision.accepts()) {
            site.run().find(accept.artifact().name(), site.iteration()).ifPresent(value -> body.set("accepted", value));
        }
        if (decision.move().isEmpty()) {
            return;
        }
        Decision.Fired by = decision.mover().orElseThrow();
        switch (decision.move().get()) {
            case Rule.Effect.Skip skip ->
                body.withArray("skip")
                        .addObject()
                        .put("step", skip.target().name())
                        .put("rule", by.rule());
            case Rule.Effect.Exit exit -> {
                if (site.element().equals(exit.target().name() + ".decide")) {
                    body.put("leaves", exit.target().name());
                    explain(body, by, "left " + exit.target().name());
                } else {
                    move(site, exit, by, "left " + exit.target().name(), body);
                }
            }
            case Rule.Effect.Goto go ->
                move(site, go, by, "went on at " + go.target().name(), body);
            case Rule.Effect.Accept accept -> throw new IllegalStateException("not a move: " + accept);
            case Rule.Effect.Flag flag -> throw new IllegalStateException("not a move: " + flag);
        }
    }

    /** A move that the compiler found no way for, because it would not lead forward from here, does not happen. */
    private static void move(Site site, Rule.Effect effect, Decision.Fired by, String what, ObjectNode body) {
        String code = Program.codeOf(effect);
        boolean open = code.equals(Program.STOP)
                || site.run()
                        .program()
                        .jumps()
                        .getOrDefault(site.element(), java.util.Set.of())
                        .contains(code);
        if (open) {
            body.put("move", code);
            explain(body, by, what);
        }
    }

    private static void explain(ObjectNode body, Decision.Fired by, String what) {
        body.put("rule", by.rule())
                .put("where", by.where().toString())
                .put("text", "the rule " + by.rule() + " (" + by.when() + ") " + what)
                .set("facts", by.facts());
    }
}
