package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.StopReason;
import dev.hone.engine.compile.Program;
import dev.hone.engine.compile.Scope;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.rules.Decision;
import dev.hone.engine.rules.Fact;
import dev.hone.engine.rules.RuleFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

        /** Whether the move is a pause, which a person ends. */
        boolean pauses() {
            return body.has("pause");
        }

        /** Why the run ends, when the move is to end it. */
        StopReason reason() {
            return pauses() ? StopReasons.paused(body) : StopReasons.byRule(body);
        }
    }

    /** After a step: what it signals, how pool, policy and slot stand, who answered, what is left to spend. */
    Ruling after(Site site, Step step) throws StepProblem {
        if (site.run().read(state -> state.skipped(site.element(), site.iteration()))) {
            return Ruling.NONE;
        }
        List<Fact> facts = new ArrayList<>();
        if (step.signal().isPresent() && step.gives().isPresent() && gave(site)) {
            signal(site, step.signal().get().kind(), step.gives().get().name()).ifPresent(facts::add);
        }
        if (step.entry().isPresent()) {
            facts.add(Facts.pool(site, step.entry().get().pool().name()));
        }
        switch (step) {
            case Step.Tell tell -> facts.add(Facts.policy(site, tell.policy().name()));
            case Step.SetSlot set -> facts.add(Facts.slot(site, set.slot().name()));
            case Step.Train train -> {
                facts.add(Facts.slot(site, train.into().name()));
                facts.add(Facts.budget(site, false));
            }
            case Step.Human human -> {
                facts.add(Facts.human(site, human));
                facts.add(Facts.budget(site, false));
            }
            case Step.Call call -> facts.add(Facts.budget(site, false));
            case Step.Exec s -> {}
            case Step.Choose s -> {}
            case Step.Recall s -> {}
            case Step.Remember s -> {}
            case Step.Reduce s -> {}
            case Step.ForEach s -> {}
            case Step.Loop s -> {}
            case Step.If s -> {}
            case Step.Use s -> {}
        }
        return facts.isEmpty() ? Ruling.NONE : rule(site, facts);
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

    /** A call that did not fit into the budget of a loop: the error code that leaves it, if a way out leads from here. */
    Optional<String> spent(Site site, String loop, String what) {
        String move = Program.exitOf(loop);
        if (!isOpen(site, move)) {
            return Optional.empty();
        }
        site.run()
                .write(new Run.Entry(
                        site,
                        1,
                        EventKind.DECIDED,
                        Json.object()
                                .put("move", move)
                                .put("spent", loop)
                                .put("text", what)
                                .put(
                                        "where",
                                        site.run().program().loop(loop).where().toString())));
        return Optional.of(move);
    }

    private static boolean gave(Site site) {
        return site.run()
                .read(state -> state.outcome(site.element(), site.iteration()))
                .filter(body -> body.hasNonNull("value"))
                .isPresent();
    }

    private static Optional<Fact> signal(Site site, Step.SignalKind kind, String name) throws StepProblem {
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

    private static void add(Site site, Decision decision, ObjectNode body) throws StepProblem {
        for (Decision.Fired fired : decision.fired()) {
            body.withArray("fired").add(fired.json());
        }
        for (Rule.Effect effect : decision.others()) {
            other(site, effect, body);
        }
        if (decision.move().isPresent()) {
            move(site, decision.move().get(), decision.mover().orElseThrow(), body);
        }
    }

    private static void other(Site site, Rule.Effect effect, ObjectNode body) {
        switch (effect) {
            case Rule.Effect.Flag flag -> body.withArray("flags").add(flag.text());
            case Rule.Effect.Accept accept ->
                site.run()
                        .find(accept.artifact().name(), site.iteration())
                        .ifPresent(value -> body.set("accepted", value));
            case Rule.Effect.Rollback(Workflow.Name slot, var where) -> slot(body, slot, "rollback");
            case Rule.Effect.Promote(Workflow.Name slot, var where) -> slot(body, slot, "promote");
            case Rule.Effect.Quarantine quarantine -> body.put("quarantine", true);
            case Rule.Effect.Prune prune -> prune(site, body);
            case Rule.Effect.Exit e -> throw new IllegalStateException("a move: " + e);
            case Rule.Effect.Skip e -> throw new IllegalStateException("a move: " + e);
            case Rule.Effect.Goto e -> throw new IllegalStateException("a move: " + e);
            case Rule.Effect.Restart e -> throw new IllegalStateException("a move: " + e);
            case Rule.Effect.Resume e -> throw new IllegalStateException("a move: " + e);
            case Rule.Effect.Escalate e -> throw new IllegalStateException("a move: " + e);
            case Rule.Effect.Pause e -> throw new IllegalStateException("a move: " + e);
        }
    }

    private static void slot(ObjectNode body, Workflow.Name slot, String operation) {
        body.withArray("slots").addObject().put("name", slot.name()).put("op", operation);
    }

    /** The branch of the artifact that the step here put into a tree. */
    private static void prune(Site site, ObjectNode body) {
        site.run().read(state -> {
            Optional<JsonNode> made = state.outcome(site.element(), site.iteration());
            state.pools()
                    .forEach((name, pool) -> made.flatMap(outcome -> pool.find(outcome.path("value")))
                            .ifPresent(artifact -> body.withArray("pruned")
                                    .addObject()
                                    .put("pool", name)
                                    .put("root", pool.branch(artifact))));
            return body;
        });
    }

    private static void move(Site site, Rule.Effect effect, Decision.Fired by, ObjectNode body) throws StepProblem {
        switch (effect) {
            case Rule.Effect.Skip skip ->
                body.withArray("skip")
                        .addObject()
                        .put("step", skip.target().name())
                        .put("rule", by.rule());
            case Rule.Effect.Exit exit -> exit(site, exit.target().name(), Program.codeOf(exit), by, body);
            case Rule.Effect.Goto go ->
                jump(site, Program.codeOf(go), by, "went on at " + go.target().name(), body);
            case Rule.Effect.Escalate escalate -> {
                String step = escalate.step().name();
                if (jump(site, Program.codeOf(escalate), by, "asked a person at " + step, body)) {
                    body.put("escalate", step);
                }
            }
            case Rule.Effect.Restart restart -> restart(site, restart, by, body);
            case Rule.Effect.Resume resume -> {
                String loop = loopOf(site, resume.step().name());
                if (lastRound(site, loop)) {
                    exit(site, loop, Program.exitOf(loop), by, body);
                } else {
                    jump(
                            site,
                            Program.codeOf(resume),
                            by,
                            "resumed at " + resume.step().name(),
                            body);
                }
            }
            case Rule.Effect.Pause pause -> {
                jump(site, Program.STOP, by, "paused the run: " + pause.text(), body);
                body.put("pause", pause.text());
            }
            case Rule.Effect.Accept e -> throw new IllegalStateException("not a move: " + e);
            case Rule.Effect.Prune e -> throw new IllegalStateException("not a move: " + e);
            case Rule.Effect.Rollback e -> throw new IllegalStateException("not a move: " + e);
            case Rule.Effect.Promote e -> throw new IllegalStateException("not a move: " + e);
            case Rule.Effect.Quarantine e -> throw new IllegalStateException("not a move: " + e);
            case Rule.Effect.Flag e -> throw new IllegalStateException("not a move: " + e);
        }
    }

    private static void exit(Site site, String target, String code, Decision.Fired by, ObjectNode body) {
        if (isDecisionOf(site, target)) {
            body.put("leaves", target);
            explain(body, by, "left " + target);
        } else {
            jump(site, code, by, "left " + target, body);
        }
    }

    /** At the last round there is no other to begin anew with: the loop ends. */
    private static void restart(Site site, Rule.Effect.Restart restart, Decision.Fired by, ObjectNode body)
            throws StepProblem {
        String loop = restart.loop().name();
        if (lastRound(site, loop)) {
            exit(site, loop, Program.exitOf(loop), by, body);
            return;
        }
        boolean begins =
                isDecisionOf(site, loop) || jump(site, Program.codeOf(restart), by, "began " + loop + " anew", body);
        if (begins) {
            body.put("restart", loop);
            restart.keep().forEach(name -> body.withArray("keep").add(name.name()));
            if (isDecisionOf(site, loop)) {
                explain(body, by, "began " + loop + " anew");
            }
        }
    }

    private static boolean isDecisionOf(Site site, String loop) {
        return site.element().equals(loop + ".decide");
    }

    /** The innermost loop around a step; a loop is not around itself. */
    private static String loopOf(Site site, String step) {
        return site.run().program().scopesOf(site.run().program().elementOf(step)).stream()
                .filter(scope -> !scope.list() && !scope.id().equals(step))
                .reduce((outer, inner) -> inner)
                .map(Scope::id)
                .orElseThrow();
    }

    private static boolean lastRound(Site site, String loop) throws StepProblem {
        Step.Loop step = site.run().program().loop(loop);
        int round = site.iteration().indices().stream()
                .filter(index -> index.scope().equals(loop))
                .mapToInt(Iteration.Index::at)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
        return round >= site.run().mostRounds(site, step);
    }

    private static boolean isOpen(Site site, String code) {
        return site.run()
                .program()
                .jumps()
                .getOrDefault(site.element(), Set.of())
                .contains(code);
    }

    /** A move that the compiler found no way for, because it would not lead forward from here, does not happen. */
    private static boolean jump(Site site, String code, Decision.Fired by, String what, ObjectNode body) {
        boolean open = code.equals(Program.STOP) || isOpen(site, code);
        if (open) {
            body.put("move", code);
            explain(body, by, what);
        }
        return open;
    }

    private static void explain(ObjectNode body, Decision.Fired by, String what) {
        body.put("rule", by.rule())
                .put("where", by.where().toString())
                .put("text", "the rule " + by.rule() + " (" + by.when() + ") " + what)
                .set("facts", by.facts());
    }
}
