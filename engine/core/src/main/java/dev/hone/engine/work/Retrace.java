package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.Usage;
import dev.hone.engine.Course;
import dev.hone.engine.RunResult;
import dev.hone.engine.compile.Controls;
import dev.hone.engine.ledger.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Goes once more through the events of a run, and notes what its result would have been at each. */
final class Retrace {

    private final Run run;
    private final RunState state;
    private final Optional<String> pool;
    private final List<Course.Made> made = new ArrayList<>();
    private final List<Course.Standing> standings = new ArrayList<>();
    private Usage spent = Usage.NONE;

    /** @param state of the run before its first event */
    Retrace(Run run, RunState state) {
        this.run = run;
        this.state = state;
        this.pool = Controls.resultPool(run.workflow());
    }

    Course of(List<RunEvent> events) {
        events.forEach(this::follow);
        return new Course(made, standings);
    }

    private void follow(RunEvent event) {
        JsonNode body = Json.read(event.body());
        if (body.path("usage").isObject()) {
            spent = spent.plus(Json.MAPPER.convertValue(body.path("usage"), Usage.class));
        }
        state.apply(event);
        switch (event.kind()) {
            case POOLED -> {
                if (pool.equals(Optional.of(body.path("pool").asText()))) {
                    made.add(made(event, body));
                }
                stand();
            }
            case DECIDED -> stand();
            default -> {}
        }
    }

    private Course.Made made(RunEvent event, JsonNode body) {
        return new Course.Made(
                body.path("value"),
                Optional.ofNullable(body.get("parent"))
                        .flatMap(id -> state.pool(pool.orElseThrow()).find(id))
                        .map(Artifact::value),
                event.element(),
                event.iteration(),
                body.path("score").isNumber() ? Optional.of(body.path("score").doubleValue()) : Optional.empty(),
                body.path("duplicate").asBoolean(),
                spent.calls(),
                spent.tokens());
    }

    private void stand() {
        RunResult.Best best = FinishWorker.best(run.workflow(), state).orElse(null);
        if (best != null
                && (standings.isEmpty()
                        || !Objects.equals(standings.getLast().value(), best.value())
                        || standings.getLast().accepted() != best.accepted())) {
            standings.add(
                    new Course.Standing(best.value(), best.score(), best.accepted(), spent.calls(), spent.tokens()));
        }
    }
}
