package dev.hone.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.ledger.Companion;
import dev.hone.engine.ledger.Database;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The messages that webhooks are to be told, written in the transaction of the event that they tell of: when the event is
 * there, so is the message, whatever happens next.
 */
@Singleton
public final class Outbox implements Companion {

    private static final String TABLES = "dev/hone/server/store";
    private static final String HISTORY = "hone_server_schema_history";

    private static final String ASK = ".ask";
    private static final String TAKE = ".take";
    private static final int SENTENCE = 1_000;

    @Override
    public void prepare(Database database) {
        database.migrate(TABLES, HISTORY);
    }

    @Override
    public void happened(Handle handle, RunEvent event) {
        kind(event)
                .ifPresent(kind -> handle.select(
                                "select workflow, tenant from run where id = ? and replay_of is null", event.run())
                        .map((row, context) -> new Subject(row.getString("workflow"), row.getString("tenant")))
                        .findOne()
                        .ifPresent(run -> tell(handle, run, kind, event)));
    }

    private record Subject(String workflow, String tenant) {}

    private static Optional<EventName> kind(RunEvent event) {
        return switch (event.kind()) {
            case RUN_STARTED -> event.attempt() <= 1 ? Optional.of(EventName.RUN_STARTED) : Optional.empty();
            case RUN_RESUMED -> Optional.of(EventName.RUN_RESUMED);
            case RUN_PAUSED -> Optional.of(EventName.RUN_PAUSED);
            case RUN_FINISHED -> Optional.of(EventName.RUN_FINISHED);
            case QUESTION -> Optional.of(EventName.TASK_WAITING);
            case ANSWERED -> Optional.of(EventName.TASK_ANSWERED);
            default -> Optional.empty();
        };
    }

    private static void tell(Handle handle, Subject run, EventName kind, RunEvent event) {
        List<String> webhooks = handle.select(
                        "select id from webhook where tenant = ? and enabled = true and events like ?",
                        run.tenant(),
                        "%," + kind.word() + ",%")
                .mapTo(String.class)
                .list();
        for (String webhook : webhooks) {
            add(handle, webhook, kind.word(), body(run, kind, event), event.at());
        }
    }

    /** What happened to what; whoever wants to know more asks for it with a key. */
    private static String body(Subject run, EventName kind, RunEvent event) {
        ObjectNode body = Json.object()
                .put("type", kind.word())
                .put("timestamp", event.at().toString());
        ObjectNode data = body.putObject("data")
                .put("run", event.run())
                .put("workflow", run.workflow())
                .put("tenant", run.tenant());
        switch (kind) {
            case RUN_FINISHED -> {
                JsonNode stop = Json.read(event.body()).path("stop");
                data.put("stop", stop.path("kind").asText())
                        .put("why", Columns.cut(stop.path("text").asText(), SENTENCE));
            }
            case TASK_WAITING -> data.put("step", step(event, ASK)).put("iteration", event.iteration());
            case TASK_ANSWERED -> data.put("step", step(event, TAKE)).put("iteration", event.iteration());
            case RUN_STARTED, RUN_PAUSED, RUN_RESUMED, TEST -> {}
        }
        return body.toString();
    }

    private static String step(RunEvent event, String ending) {
        String element = event.element();
        return element.endsWith(ending) ? element.substring(0, element.length() - ending.length()) : element;
    }

    static String add(Handle handle, String webhook, String event, String body, Instant now) {
        String id = "msg_" + UUID.randomUUID().toString().replace("-", "");
        handle.execute(
                "insert into webhook_message (id, webhook, event, body, state, attempts, due_at, created_at)"
                        + " values (?, ?, ?, ?, ?, 0, ?, ?)",
                id,
                webhook,
                event,
                body,
                Message.State.PENDING.name(),
                Columns.utc(now),
                Columns.utc(now));
        return id;
    }
}
