package dev.hone.server.memories;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.ledger.KeptItem;
import dev.hone.engine.ledger.MemoryUse;
import dev.hone.server.Page;
import dev.hone.server.audit.Audit;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the runs of a workflow have left to those that come. */
@Controller("/api/v1/workflows/{name}/memories")
@Secured(Role.MAY_VIEW)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Memory")
class MemoryController {

    private final Engine engine;
    private final Audit audit;

    MemoryController(Engine engine, Audit audit) {
        this.engine = engine;
        this.audit = audit;
    }

    /** Lists the memories that several runs share, by name. */
    @Get
    List<MemoryView.Line> list(String name, Authentication who) {
        Map<String, String> shared = shared(name, who);
        Map<String, MemoryUse> uses = engine
                .remembrance()
                .memories(Caller.of(who).tenant(), name)
                .stream()
                .collect(Collectors.toMap(MemoryUse::memory, Function.identity()));
        Map<String, MemoryView.Line> lines = new TreeMap<>();
        uses.forEach((memory, use) -> lines.put(
                memory, new MemoryView.Line(memory, Optional.empty(), use.items(), Optional.of(use.latestAt()))));
        shared.forEach((memory, scope) -> {
            MemoryUse use = uses.get(memory);
            lines.put(
                    memory,
                    new MemoryView.Line(
                            memory,
                            Optional.of(scope),
                            use == null ? 0 : use.items(),
                            Optional.ofNullable(use).map(MemoryUse::latestAt)));
        });
        return List.copyOf(lines.values());
    }

    /**
     * Lists the items of a memory, newest first.
     *
     * @param after the cursor of the part before
     * @param limit how many at the most
     */
    @Get("/{memory}")
    Page<MemoryView.Item> items(
            String name,
            String memory,
            @Nullable @QueryValue Long after,
            @QueryValue(defaultValue = Page.USUAL) int limit,
            Authentication who) {
        requireMemory(name, memory, who);
        List<KeptItem> items =
                engine.remembrance().items(Caller.of(who).tenant(), name, memory, Optional.ofNullable(after), limit);
        return new Page<>(
                items.stream().map(MemoryView.Item::of).toList(),
                items.size() < limit
                        ? Optional.empty()
                        : Optional.of(Long.toString(items.getLast().id())));
    }

    /** Forgets an item, and those that it has replaced. What runs have read of it stays in their events. */
    @Delete("/{memory}/{item}")
    @Secured(Role.MAY_ADMINISTER)
    MemoryView.Forgotten forget(String name, String memory, String item, Authentication who) {
        requireMemory(name, memory, who);
        int gone = engine.remembrance().forget(Caller.of(who).tenant(), name, memory, number(item));
        if (gone == 0) {
            throw notFound("the memory " + memory + " has no item " + item + ".", "List its items.");
        }
        audit.record(Caller.of(who), "memory.forget", name, Map.of("memory", memory, "item", item, "items", gone));
        return new MemoryView.Forgotten(gone);
    }

    /** What is no number is the id of no item. */
    private static long number(String item) {
        try {
            return Long.parseLong(item);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Forgets all items of a memory. What runs have read of them stays in their events. */
    @Delete("/{memory}")
    @Secured(Role.MAY_ADMINISTER)
    MemoryView.Forgotten forget(String name, String memory, Authentication who) {
        requireMemory(name, memory, who);
        int gone = engine.remembrance().forget(Caller.of(who).tenant(), name, memory);
        audit.record(Caller.of(who), "memory.forget", name, Map.of("memory", memory, "items", gone));
        return new MemoryView.Forgotten(gone);
    }

    /** The memories of the latest version that outlive a run, with their scopes. */
    private Map<String, String> shared(String name, Authentication who) {
        Map<String, String> scopes = new TreeMap<>();
        Caller caller = Caller.of(who);
        caller.requireUse(name);
        Workflow workflow = engine.deployments()
                .get(caller.tenant(), name, Optional.empty())
                .program()
                .workflow();
        workflow.memories().forEach((memory, held) -> {
            switch (held.scope()) {
                case TASK, GLOBAL -> scopes.put(memory, held.scope().name().toLowerCase(Locale.ROOT));
                case RUN, TRIAL -> {}
            }
        });
        return scopes;
    }

    /** One that the workflow has, or that runs of an earlier version have left something in. */
    private void requireMemory(String name, String memory, Authentication who) {
        boolean there = shared(name, who).containsKey(memory)
                || engine.remembrance().memories(Caller.of(who).tenant(), name).stream()
                        .anyMatch(use -> use.memory().equals(memory));
        if (!there) {
            throw notFound(
                    "the workflow " + name + " has no memory " + memory + " that several runs share.",
                    "List those that it has.");
        }
    }

    private static EngineException notFound(String what, String fix) {
        return new EngineException(List.of(Problem.of(ProblemCode.NOT_FOUND, what, fix)));
    }
}
