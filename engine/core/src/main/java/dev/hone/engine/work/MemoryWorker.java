package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.dsl.Expression;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.Sha256;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.MemoryItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads memories and writes to them. What was read once stays so, whatever other runs write meanwhile. */
final class MemoryWorker {

    /** The most items that a recall looks at when the memory has no capacity. */
    private static final int MOST = 10_000;

    private record Ranked(JsonNode item, double similarity) {}

    private final Embedders embedders;

    MemoryWorker(Embedders embedders) {
        this.embedders = embedders;
    }

    void recall(Site site, Step.Recall step) throws StepProblem, ConnectorException {
        Run run = site.run();
        Workflow.Memory memory = run.program().memory(step.from());
        if (run.replay().isPresent() && scope(run, memory).isPresent()) {
            JsonNode heard = run.replay().get().cassette().heard(site, EventKind.OUTPUT, "what the memory held");
            run.write(new Run.Entry(site, 1, EventKind.OUTPUT, (ObjectNode) heard));
            return;
        }
        List<JsonNode> items = run.control(Workflow.Control.Kind.NO_MEMORY) ? List.of() : items(site, memory);
        Optional<Expression> most = step.top().or(memory::window);
        int top = most.isPresent() ? site.number(most.get()).intValue() : items.size();
        List<JsonNode> recalled = step.like().isPresent()
                ? similar(items, memory, Json.node(site.evaluate(step.like().get())), top)
                : items.subList(Math.max(0, items.size() - top), items.size());
        ObjectNode body = Json.object().put("name", step.as().name());
        ArrayNode list = body.putArray("value");
        recalled.forEach(list::add);
        run.write(new Run.Entry(site, 1, EventKind.OUTPUT, body));
    }

    private static List<JsonNode> items(Site site, Workflow.Memory memory) throws StepProblem {
        Run run = site.run();
        Optional<String> scope = scope(run, memory);
        if (scope.isEmpty()) {
            return run.read(state ->
                    Objects.requireNonNull(state.memories().get(memory.name())).values());
        }
        int capacity = memory.capacity().isPresent()
                ? site.number(memory.capacity().get()).intValue()
                : MOST;
        return run.remembered(scope.get(), capacity);
    }

    /** Under which the ledger keeps what other runs are to see; empty for what only this run sees. */
    private static Optional<String> scope(Run run, Workflow.Memory memory) {
        String name = tenant(run)
                + (run.realm().isEmpty() ? "" : "in " + run.realm() + " ")
                + run.workflow().name() + "/" + memory.name();
        return switch (memory.scope()) {
            case TRIAL, RUN -> Optional.empty();
            case TASK -> Optional.of("task " + run.task() + " " + name);
            case GLOBAL -> Optional.of("global " + name);
        };
    }

    /** Tenants share nothing. Their names are free, so that their hashes stand for them. */
    private static String tenant(Run run) {
        return run.tenant().equals(RunSetup.NOBODY)
                ? ""
                : "of " + Sha256.of(run.tenant()).substring(0, 32) + " ";
    }

    private List<JsonNode> similar(List<JsonNode> items, Workflow.Memory memory, JsonNode like, int top)
            throws ConnectorException {
        String embedder = memory.embed().orElseThrow().name();
        float[] wanted = embedders.embed(embedder, like);
        List<Ranked> ranked = new ArrayList<>();
        for (JsonNode item : items) {
            ranked.add(new Ranked(item, Embedders.similarity(wanted, embedders.embed(embedder, item))));
        }
        ranked.sort(Comparator.comparingDouble(Ranked::similarity).reversed());
        return ranked.stream().limit(top).map(Ranked::item).toList();
    }

    void remember(Site site, Step.Remember step) throws StepProblem {
        write(site, step, EventKind.OUTPUT, Map.of());
    }

    /** Remembers what came after the step was performed: the answer of a person who took their time. */
    void rememberLate(Site site, Step.Remember step, Map<String, JsonNode> news) throws StepProblem {
        write(site, step, EventKind.TOLD, news);
    }

    private static void write(Site site, Step.Remember step, EventKind kind, Map<String, JsonNode> news)
            throws StepProblem {
        Run run = site.run();
        Workflow.Memory memory = run.program().memory(step.into());
        ObjectNode body = Json.object().put("memory", memory.name());
        ArrayNode remembered = body.putArray("remembered");
        List<MemoryItem> forOthers = new ArrayList<>();
        if (site.holds(step.condition(), news) && !site.quarantined(step.item())) {
            Optional<String> key = step.key().isPresent()
                    ? Optional.of(
                            Json.node(site.evaluate(step.key().get(), news)).toString())
                    : Optional.empty();
            List<JsonNode> items =
                    step.many() ? site.list(step.item(), news) : List.of(Json.node(site.evaluate(step.item(), news)));
            for (JsonNode item : items) {
                if (!item.isNull()) {
                    ObjectNode one = remembered.addObject();
                    one.set("value", item);
                    key.ifPresent(text -> one.put("key", text));
                    scope(run, memory).ifPresent(scope -> forOthers.add(new MemoryItem(scope, key, item.toString())));
                }
            }
        }
        run.writeAndRemember(new Run.Entry(site, 1, kind, body), forOthers);
    }
}
