package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Asks a person, and takes the answer. The question is an event, then the broker waits; the answer is an event too, written
 * by whoever brings it, so nothing is asked or done twice when a process ends in between.
 */
final class PersonWorker {

    private final AskWorker models;

    PersonWorker(AskWorker models) {
        this.models = models;
    }

    /** Puts the question. @return where the gateway behind goes, and what the answer is correlated by */
    ObjectNode ask(Site site, Step.Human step) throws StepProblem {
        Run run = site.run();
        Site answered = answered(site, step);
        if (passedBy(answered, step)) {
            return Json.object().put(Program.GO, Program.ELSE);
        }
        Optional<JsonNode> known = run.read(state -> state.question(site.element(), site.iteration()));
        if (known.isEmpty()) {
            ObjectNode question = question(site, step);
            if (!run.purse().count(site, Workflow.Resource.QUESTIONS, EventKind.QUESTION, question)) {
                return Json.object().put(Program.GO, Program.ELSE); // taking the answer says why there is none
            }
        }
        recorded(answered, EventKind.ANSWERED)
                .ifPresent(answer -> run.write(new Run.Entry(answered, 1, EventKind.ANSWERED, (ObjectNode) answer)));
        boolean waits = run.replay().isEmpty()
                && run.read(state -> state.answer(answered.element(), site.iteration()))
                        .isEmpty();
        ObjectNode variables = Json.object().put(Program.GO, waits ? Program.THEN : Program.ELSE);
        variables.put(Program.questionOf(step.id()), key(run, answered));
        if (step.timeout().isPresent()) {
            variables.put(Program.patienceOf(step.id()), left(site, step).toString());
        }
        return variables;
    }

    /** By which the broker knows the question that an answer is for. */
    static String key(Run run, Site answered) {
        return run.id() + "/" + answered.place();
    }

    /** The place of the answer's event: where the step's result is. */
    private static Site answered(Site site, Step.Human step) {
        return new Site(site.run(), step.id() + ".take", site.iteration());
    }

    /** A rule skips it, or asks for it only in case and that did not come. */
    static boolean passedBy(Site site, Step.Human step) {
        Run run = site.run();
        boolean onlyEscalated = run.workflow()
                .reactions()
                .flatMap(rule -> rule.then().stream())
                .anyMatch(effect -> effect instanceof Rule.Effect.Escalate(Workflow.Name target, var where)
                        && target.name().equals(step.id()));
        return run.read(state -> state.skippedBy(step.id(), site.iteration()).isPresent()
                || (onlyEscalated && !state.escalated(step.id(), site.iteration())));
    }

    /** {@code {step, form, question, show, order, seconds, late, at}}; the order is that of the names under which a person sees the values. */
    private static ObjectNode question(Site site, Step.Human step) throws StepProblem {
        ObjectNode question = Json.object()
                .put("step", step.id())
                .put("form", step.form().name().toLowerCase(Locale.ROOT));
        step.question().ifPresent(text -> question.put("question", text));
        question.set("show", site.object(step.show(), Map.of()));
        List<String> order = new ArrayList<>(step.show().keySet());
        if (step.shuffle()) {
            Collections.shuffle(order, new Random(site.seed()));
        }
        order.forEach(name -> question.withArray("order").add(name));
        if (step.timeout().isPresent()) {
            question.put("seconds", site.number(step.timeout().get()));
        }
        if (step.otherwise() instanceof Step.Otherwise.Defer) {
            question.put("late", true);
        }
        return question.put(
                "at",
                recorded(site, EventKind.QUESTION)
                        .map(asked -> asked.path("at").asText())
                        .orElseGet(() -> site.run().now().toString()));
    }

    /** What happened here in the run that this one replays, in time: an answer that came late is not among it. */
    private static Optional<JsonNode> recorded(Site site, EventKind kind) {
        return site.run()
                .replay()
                .filter(replay -> kind != EventKind.ANSWERED
                        || !replay.cassette()
                                .body(site, EventKind.OUTPUT)
                                .map(body -> body.path("timedOut").asBoolean() && !body.has("rejected"))
                                .orElse(false))
                .flatMap(replay -> replay.cassette().body(site, kind));
    }

    /** A question that was put before goes on waiting for what is left of its time. */
    private static Duration left(Site site, Step.Human step) throws StepProblem {
        JsonNode question = site.run()
                .read(state -> state.question(site.element(), site.iteration()))
                .orElseThrow();
        long millis = question.path("seconds").decimalValue().movePointRight(3).longValue();
        Duration left = Duration.ofMillis(millis - Math.round(waited(site, question) * 1000));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Since the question was put, in seconds. */
    private static double waited(Site site, JsonNode question) {
        Optional<JsonNode> before = recorded(site, EventKind.OUTPUT);
        if (before.isPresent()) {
            return before.get().path("value").path("seconds").asDouble();
        }
        return Duration.between(
                                Instant.parse(question.path("at").asText()),
                                site.run().now())
                        .toMillis()
                / 1000.0;
    }

    /** What somebody gave who completed the task in the broker's own task list. */
    private static JsonNode fromTaskList(Site site, JsonNode variables) {
        return recorded(site, EventKind.OUTPUT)
                .map(body -> body.path("value"))
                .filter(value -> value.path("by").asText().equals("task list"))
                .orElse(variables.path("answer"));
    }

    /** Takes the answer, or does without. */
    void take(Site site, Step.Human step, JsonNode variables) throws StepProblem, ConnectorException, Refusal {
        Run run = site.run();
        Optional<JsonNode> answer = run.read(state -> state.answer(site.element(), site.iteration()));
        Optional<JsonNode> asked = run.read(state -> state.question(step.id() + ".ask", site.iteration()));
        if (asked.isEmpty()) {
            throw new Refusal("the budget has no question to a person left of its "
                    + run.purse()
                            .limit(Workflow.Resource.QUESTIONS, BigDecimal.ONE, site)
                            .orElse(0));
        }
        ObjectNode body = Pools.body(site, step);
        Optional<JsonNode> rejected = answer.map(said -> said.get("rejected"));
        if (answer.isPresent() && rejected.isEmpty()) {
            JsonNode given = answer.get().path("answer");
            body.set("value", given);
            body.put("seconds", given.path("seconds").asDouble()).put("timedOut", false);
        } else if (rejected.isEmpty() && fromTaskList(site, variables).isObject()) {
            ObjectNode given = (ObjectNode) fromTaskList(site, variables).deepCopy();
            body.set("value", given.put("by", "task list").put("seconds", waited(site, asked.get())));
            body.put("timedOut", false);
        } else {
            body.put("timedOut", true);
            body.putNull("value");
            rejected.ifPresent(by -> body.set("rejected", by));
            if (step.otherwise() instanceof Step.Otherwise.Surrogate(Workflow.Name slot)) {
                Signals.describe(site, step, body);
                models.surrogate(site, slot, (ObjectNode) asked.get(), waited(site, asked.get()), body);
                return;
            }
        }
        Signals.describe(site, step, body);
        run.write(new Run.Entry(site, 1, EventKind.OUTPUT, body));
    }
}
