package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Expression;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.policy.BadOutcome;
import dev.hone.engine.policy.NothingToChoose;
import dev.hone.engine.policy.Trial;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks policies and tells them. A choice is an event, written before anybody acts on it. */
final class PolicyWorker {

    void ask(Site site, Step.Choose step) throws StepProblem {
        Run run = site.run();
        String policy = step.policy().name();
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Map.Entry<String, Expression> number : step.numbers().entrySet()) {
            numbers.put(number.getKey(), site.number(number.getValue()).doubleValue());
        }
        StepProblem[] problem = {null};
        run.writeWith(site, EventKind.OUTPUT, state -> {
            try {
                return new Run.Entry(
                        site,
                        1,
                        EventKind.OUTPUT,
                        chosen(run, state, step, state.plays().ask(policy, state, numbers)));
            } catch (NothingToChoose e) {
                problem[0] = StepProblem.at(
                        step.policy().where(),
                        ProblemCode.EXPRESSION_FAILED,
                        "the policy " + policy + " has nothing to choose from at " + site.place() + ": "
                                + e.getMessage() + ".",
                        "Give its pool a seed, or fill it before it is asked.");
                return null;
            }
        });
        if (problem[0] != null) {
            throw problem[0];
        }
    }

    /** What later steps read of a choice: values in the place of ids. */
    private static ObjectNode chosen(Run run, RunState state, Step.Choose step, Trial trial) {
        Workflow.PolicyUse use = run.program().policy(step.policy().name());
        ObjectNode value = Json.object().put("trial", trial.number());
        trial.choice().arm().ifPresent(arm -> value.put("arm", arm));
        if (use.over().isEmpty() && !trial.choice().picks().isEmpty()) {
            value.put("arm", trial.choice().picks().getFirst());
        }
        ArrayNode ids = value.putArray("ids");
        ArrayNode picks = value.putArray("picks");
        for (String pick : trial.choice().picks()) {
            ids.add(pick);
            picks.add(use.over()
                    .flatMap(pool -> state.pool(pool.name()).find(Json.node(pick)))
                    .map(Artifact::value)
                    .orElseGet(() -> Json.node(pick)));
        }
        value.set("node", picks.isEmpty() ? Json.node(null) : picks.get(0));
        value.set("id", ids.isEmpty() ? Json.node(null) : ids.get(0));
        value.set("a", picks.isEmpty() ? Json.node(null) : picks.get(0));
        value.set("b", picks.size() < 2 ? Json.node(null) : picks.get(1));
        trial.choice().numbers().forEach((name, number) -> value.put(name, number));
        ObjectNode body = Json.object().put("name", step.as().name());
        body.set("value", value);
        ObjectNode asked = body.putObject("asked")
                .put("policy", step.policy().name())
                .put("trial", trial.number())
                .put("arm", trial.choice().arm().orElse(null));
        asked.set("picks", ids.deepCopy());
        asked.set("numbers", Json.node(trial.choice().numbers()));
        return body;
    }

    void tell(Site site, Step.Tell step) throws StepProblem {
        Optional<ObjectNode> told = lesson(site, step, Map.of());
        ObjectNode body = Json.object();
        told.ifPresent(lesson -> body.set("told", lesson));
        write(site, step, told, new Run.Entry(site, 1, EventKind.OUTPUT, body));
    }

    /** Tells what came after the step was performed: the answer of a person who took their time. */
    void tellLate(Site site, Step.Tell step, Map<String, JsonNode> news) throws StepProblem {
        Optional<ObjectNode> told = lesson(site, step, news);
        if (told.isPresent()) {
            ObjectNode body = Json.object();
            body.set("told", told.get());
            write(site, step, told, new Run.Entry(site, 1, EventKind.TOLD, body));
        }
    }

    private static void write(Site site, Step.Tell step, Optional<ObjectNode> told, Run.Entry entry)
            throws StepProblem {
        StepProblem[] problem = {null};
        site.run().writeWith(site, entry.kind(), state -> {
            if (told.isPresent()) {
                try {
                    state.plays()
                            .check(
                                    step.policy().name(),
                                    told.get().path("trial").asLong(),
                                    Plays.outcome(told.get()),
                                    state);
                } catch (BadOutcome e) {
                    problem[0] = StepProblem.at(
                            step.lesson().expression().where(),
                            ProblemCode.EXPRESSION_FAILED,
                            "the policy " + step.policy().name() + " cannot learn from this: " + e.getMessage() + ".",
                            "Scale the score into the policy's range, or give the policy another range.");
                    return null;
                }
            }
            return entry;
        });
        if (problem[0] != null) {
            throw problem[0];
        }
    }

    /** Empty when there is nothing to tell: a condition, a quarantine, an answer that did not come. */
    private static Optional<ObjectNode> lesson(Site site, Step.Tell step, Map<String, JsonNode> news)
            throws StepProblem {
        Expression expression = step.lesson().expression();
        if (!site.holds(step.condition(), news) || site.quarantined(expression)) {
            return Optional.empty();
        }
        Object value = site.evaluate(expression, news);
        if (value == null) {
            return Optional.empty();
        }
        Object trial = site.evaluate(step.trial(), news);
        if (!(trial instanceof BigDecimal number)) {
            throw StepProblem.at(
                    step.trial().where(),
                    ProblemCode.EXPRESSION_FAILED,
                    "'" + step.trial().text() + "' is " + trial + ", which is no trial.",
                    "Give the trial of the choice, for example trial: \"= move.trial\".");
        }
        ObjectNode lesson = Json.object().put("policy", step.policy().name()).put("trial", number.longValue());
        switch (step.lesson()) {
            case Step.Lesson.Score score -> lesson.set("score", Json.node(site.number(expression, news)));
            case Step.Lesson.Scores scores -> lesson.set("scores", Json.node(value));
            case Step.Lesson.Prefer prefer ->
                lesson.put("prefer", site.number(expression, news).intValue() - 1);
        }
        made(site, step).ifPresent(made -> lesson.put("made", made));
        return Optional.of(lesson);
    }

    /** The artifact that the trial brought forth: the named one, or the latest that entered the pool in this round. */
    private static Optional<String> made(Site site, Step.Tell step) throws StepProblem {
        Optional<Workflow.Name> pool =
                site.run().program().policy(step.policy().name()).over();
        if (pool.isEmpty()) {
            return Optional.empty();
        }
        if (step.made().isPresent()) {
            JsonNode made = Json.node(site.evaluate(step.made().get()));
            return site.run()
                    .read(state -> state.pool(pool.get().name()).find(made))
                    .map(Artifact::id);
        }
        return site.run().read(state -> state.pool(pool.get().name()).present()).stream()
                .filter(artifact -> inRound(artifact.iteration(), site.iteration()))
                .reduce((first, second) -> second)
                .map(Artifact::id);
    }

    private static boolean inRound(Iteration made, Iteration here) {
        return made.indices().size() >= here.indices().size()
                && made.upTo(here.indices().size()).equals(here);
    }
}
