package dev.hone.server.store;

import dev.hone.engine.ledger.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The messages of webhooks, which the nodes of a cluster share among themselves. */
@Singleton
public final class Messages {

    private static final String SELECT =
            "select id, webhook, event, body, state, attempts, due_at, created_at from webhook_message";

    private final Database database;

    Messages(Database database) {
        this.database = database;
    }

    /** Adds one that is due at once. @return its id */
    public String add(String webhook, EventName event, String body, Instant now) {
        return database.transaction(handle -> Outbox.add(handle, webhook, event.word(), body, now));
    }

    /**
     * Takes messages that are due, each for one node; those of webhooks that are turned off wait. One that a node does not report in time is due again.
     *
     * @param lease how long the node has
     */
    public List<Claimed> claim(int most, Instant now, Duration lease) {
        return database.transaction(handle -> {
            List<Message> due = handle.select(
                            SELECT + " where state = 'PENDING' and due_at <= ?"
                                    + " and webhook in (select w.id from webhook w where w.enabled = true)"
                                    + " order by due_at limit ? for update skip locked",
                            Columns.utc(now),
                            most)
                    .map((row, context) -> message(row))
                    .list();
            List<Claimed> claimed = new ArrayList<>();
            for (Message message : due) {
                handle.execute(
                        "update webhook_message set attempts = attempts + 1, due_at = ? where id = ?",
                        Columns.utc(now.plus(lease)),
                        message.id());
                Webhooks.find(handle, message.webhook())
                        .ifPresent(webhook -> claimed.add(new Claimed(
                                new Message(
                                        message.id(),
                                        message.webhook(),
                                        message.event(),
                                        message.body(),
                                        message.state(),
                                        message.attempts() + 1,
                                        now.plus(lease),
                                        message.createdAt()),
                                webhook)));
            }
            return claimed;
        });
    }

    /** What this node is to send, and where. */
    public record Claimed(Message message, Webhook webhook) {}

    /**
     * Says how an attempt went. A message that somebody has delivered meanwhile stays so.
     *
     * @param dueAt of the next attempt, where there is one
     */
    public void report(Attempt attempt, Message.State state, Instant dueAt) {
        database.transaction(handle -> {
            boolean there = handle.execute(
                            "update webhook_message set state = case when state = 'DELIVERED' then state else ? end,"
                                    + " due_at = ? where id = ?",
                            state.name(),
                            Columns.utc(dueAt),
                            attempt.message())
                    == 1;
            if (there && attempt(handle, attempt.message(), attempt.n()).isEmpty()) {
                handle.execute(
                        "insert into webhook_attempt (message, n, at, millis, status, failure) values (?, ?, ?, ?, ?, ?)",
                        attempt.message(),
                        attempt.n(),
                        Columns.utc(attempt.at()),
                        attempt.millis(),
                        attempt.status().orElse(null),
                        attempt.failure().map(text -> Columns.cut(text, 500)).orElse(null));
            }
            return there;
        });
    }

    private static Optional<Integer> attempt(Handle handle, String message, int n) {
        return handle.select("select n from webhook_attempt where message = ? and n = ?", message, n)
                .mapTo(Integer.class)
                .findOne();
    }

    /** The messages of a webhook, newest first. @param after where to go on; the start when it names none */
    public List<Message> list(String webhook, Optional<String> after, int limit) {
        return database.read(handle -> {
            Optional<Message> last = after.flatMap(id -> find(handle, webhook, id));
            return last.isEmpty()
                    ? handle.select(
                                    SELECT + " where webhook = ? order by created_at desc, id desc limit ?",
                                    webhook,
                                    limit)
                            .map((row, context) -> message(row))
                            .list()
                    : handle.select(
                                    SELECT + " where webhook = ? and (created_at < ? or created_at = ? and id < ?)"
                                            + " order by created_at desc, id desc limit ?",
                                    webhook,
                                    Columns.utc(last.get().createdAt()),
                                    Columns.utc(last.get().createdAt()),
                                    last.get().id(),
                                    limit)
                            .map((row, context) -> message(row))
                            .list();
        });
    }

    public Optional<Message> find(String webhook, String id) {
        return database.read(handle -> find(handle, webhook, id));
    }

    private static Optional<Message> find(Handle handle, String webhook, String id) {
        return handle.select(SELECT + " where webhook = ? and id = ?", webhook, id)
                .map((row, context) -> message(row))
                .findOne();
    }

    /** How a message was sent, in order. */
    public List<Attempt> attempts(String message) {
        return database.read(handle -> handle.select(
                        "select message, n, at, millis, status, failure from webhook_attempt where message = ? order by n",
                        message)
                .map((row, context) -> new Attempt(
                        row.getString("message"),
                        row.getInt("n"),
                        Columns.instant(row, "at"),
                        row.getInt("millis"),
                        Optional.ofNullable(row.getObject("status", Integer.class)),
                        Optional.ofNullable(row.getString("failure"))))
                .list());
    }

    /** Lets a message be sent again at once. @return false unless it is dead */
    public boolean revive(String id, Instant now) {
        return database.transaction(handle -> handle.execute(
                        "update webhook_message set state = 'PENDING', due_at = ? where id = ? and state = 'DEAD'",
                        Columns.utc(now),
                        id)
                == 1);
    }

    /** Away with what is done and older than a moment. */
    public void clear(Instant before) {
        database.transaction(handle -> handle.execute(
                "delete from webhook_message where state <> 'PENDING' and created_at < ?", Columns.utc(before)));
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getString("id"),
                row.getString("webhook"),
                row.getString("event"),
                row.getString("body"),
                Message.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Columns.instant(row, "due_at"),
                Columns.instant(row, "created_at"));
    }
}
