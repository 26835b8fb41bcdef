package dev.hone.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How nodes share the messages of webhooks, whatever database they are in. */
abstract class MessagesContract {

    private static final Duration LEASE = Duration.ofMinutes(1);

    private Ledger ledger;
    private Messages messages;
    private Webhooks webhooks;

    abstract Ledger open();

    @BeforeEach
    void openWithOurTables() {
        ledger = open();
        ledger.accompany(new Outbox());
        messages = new Messages(ledger.database());
        webhooks = new Webhooks(ledger.database());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private String webhook(String id, boolean enabled) {
        webhooks.add(new Webhook(
                id,
                "t",
                "https://receiver.example",
                Set.of("run.finished"),
                enabled,
                1,
                Optional.empty(),
                "tests",
                Instant.now().truncatedTo(ChronoUnit.MICROS)));
        return id;
    }

    private List<String> claimed(Instant now, int most, String webhook) {
        return messages.claim(most, now, LEASE).stream()
                .filter(one -> one.webhook().id().equals(webhook))
                .map(one -> one.message().id())
                .toList();
    }

    @Test
    void nodesThatLookAtTheSameTimeTakeDifferentMessages() throws Exception {
        String webhook = webhook("wh_shared", true);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<String> all = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            all.add(messages.add(webhook, EventName.TEST, "{}", now));
        }

        List<String> taken = new ArrayList<>();
        try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
            Callable<List<String>> node = () -> {
                List<String> own = new ArrayList<>();
                for (List<String> some = claimed(now, 3, webhook); !some.isEmpty(); some = claimed(now, 3, webhook)) {
                    own.addAll(some);
                }
                return own;
            };
            for (Future<List<String>> one : nodes.invokeAll(List.of(node, node, node, node))) {
                taken.addAll(one.get());
            }
        }
        taken.addAll(claimed(now, 100, webhook)); // what a node passed by because another held it

        assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
        webhooks.remove(webhook);
    }

    @Test
    void whatANodeDoesNotReportInTimeIsDueAgain() {
        String webhook = webhook("wh_lease", true);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        String id = messages.add(webhook, EventName.TEST, "{}", now);

        assertThat(claimed(now, 10, webhook)).containsExactly(id);
        assertThat(claimed(now.plus(LEASE).minusMillis(1), 10, webhook)).isEmpty();
        assertThat(claimed(now.plus(LEASE), 10, webhook)).containsExactly(id);

        messages.report(new Attempt(id, 1, now, 5, Optional.of(204), Optional.empty()), Message.State.DELIVERED, now);
        messages.report(
                new Attempt(id, 2, now, 5, Optional.empty(), Optional.of("too late")), Message.State.PENDING, now);
        assertThat(messages.find(webhook, id).orElseThrow().state()).isEqualTo(Message.State.DELIVERED);
        assertThat(messages.attempts(id)).hasSize(2);
        webhooks.remove(webhook);
        assertThat(messages.attempts(id)).isEmpty();
    }

    @Test
    void theMessagesOfAWebhookThatIsOffWait() {
        String webhook = webhook("wh_off", false);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        String id = messages.add(webhook, EventName.TEST, "{}", now);

        assertThat(claimed(now, 10, webhook)).isEmpty();
        webhooks.change(webhook, "https://receiver.example", Set.of("run.finished"), true);
        assertThat(claimed(now, 10, webhook)).containsExactly(id);
        webhooks.remove(webhook);
    }

    @Test
    void whatIsDoneGoesAfterAWhileAndWhatIsNotStays() {
        String webhook = webhook("wh_old", true);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        String done = messages.add(webhook, EventName.TEST, "{}", now.minusSeconds(100));
        String open = messages.add(webhook, EventName.TEST, "{}", now.minusSeconds(100));
        messages.report(new Attempt(done, 1, now, 5, Optional.of(204), Optional.empty()), Message.State.DELIVERED, now);

        messages.clear(now.minusSeconds(50));

        assertThat(messages.list(webhook, Optional.empty(), 10))
                .extracting(Message::id)
                .containsExactly(open);
        webhooks.remove(webhook);
    }
}
