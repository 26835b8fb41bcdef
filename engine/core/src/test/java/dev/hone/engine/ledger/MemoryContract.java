package dev.hone.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What runs left to others, as its owner sees it, whatever database is under it. */
abstract class MemoryContract {

    @SuppressWarnings("NullAway.Init")
    Ledger ledger;

    private void left(String run, String tenant, String workflow, MemoryItem... items) {
        ledger.putProgram(new ProgramRecord("hash-1", "poem", "poem.yaml", "hone: 1", Map.of()));
        ledger.createRun(new RunRecord(
                run,
                workflow,
                "hash-1",
                "{\"labels\":{\"tenant\":\"" + tenant + "\"}}",
                Instant.now().truncatedTo(ChronoUnit.MICROS)));
        ledger.appendAndRemember(run, new NewEvent("keep", "", 1, EventKind.OUTPUT, "{}"), List.of(items));
    }

    private static MemoryItem item(String scope, String value) {
        return new MemoryItem(scope, Optional.empty(), value);
    }

    private static MemoryItem keyed(String scope, String key, String value) {
        return new MemoryItem(scope, Optional.of(key), value);
    }

    private List<String> items(String tenant, String workflow, String memory) {
        return ledger.kept(tenant, workflow, memory, Optional.empty(), 100).stream()
                .map(KeptItem::item)
                .toList();
    }

    @Test
    void theOwnerSeesWhatEachMemoryHoldsAndNobodyElseDoes() {
        left("m1", "acme", "poem", item("global of 1 poem/tips", "1"), item("task x of 1 poem/tried", "2"));
        left("m2", "acme", "song", item("global of 1 song/tips", "3"));
        left("m3", "other", "poem", item("global of 2 poem/tips", "4"));

        List<MemoryUse> uses = ledger.memories("acme", "poem");

        assertThat(uses).extracting(MemoryUse::memory).containsExactly("tips", "tried");
        assertThat(uses).extracting(MemoryUse::items).containsExactly(1L, 1L);
        KeptItem kept =
                ledger.kept("acme", "poem", "tried", Optional.empty(), 10).getFirst();
        assertThat(kept.scope()).isEqualTo("task x of 1 poem/tried");
        assertThat(kept.run()).isEqualTo("m1");
        assertThat(kept.at()).isEqualTo(ledger.events("m1", 0, 1).getFirst().at());
        assertThat(uses.get(1).latestAt()).isEqualTo(kept.at());
        assertThat(items("other", "poem", "tips")).containsExactly("4");
        assertThat(items("other", "poem", "tried")).isEmpty();
        assertThat(ledger.memories("nobody", "poem")).isEmpty();
    }

    @Test
    void pagesGoOnBehindTheLastItem() {
        left(
                "m1",
                "acme",
                "poem",
                item("global poem/tips", "1"),
                item("global poem/tips", "2"),
                item("global poem/tips", "3"));

        List<KeptItem> first = ledger.kept("acme", "poem", "tips", Optional.empty(), 2);
        List<KeptItem> second =
                ledger.kept("acme", "poem", "tips", Optional.of(first.getLast().id()), 2);

        assertThat(first).extracting(KeptItem::item).containsExactly("3", "2");
        assertThat(second).extracting(KeptItem::item).containsExactly("1");
    }

    @Test
    void whatWasReplacedSaysSoAndIsForgottenWithWhatReplacedIt() {
        left("m1", "acme", "poem", keyed("global poem/tips", "a", "1"), keyed("global poem/tips", "b", "2"));
        left("m2", "acme", "poem", keyed("global poem/tips", "a", "3"), keyed("task x poem/tips", "a", "4"));

        List<KeptItem> kept = ledger.kept("acme", "poem", "tips", Optional.empty(), 10);
        assertThat(kept).extracting(KeptItem::item).containsExactly("4", "3", "2", "1");
        assertThat(kept).extracting(KeptItem::replaced).containsExactly(false, false, false, true);
        assertThat(kept.get(1).key()).contains("a");

        assertThat(ledger.forget("other", "poem", "tips", kept.get(1).id())).isZero();
        assertThat(ledger.forget("acme", "poem", "tips", kept.get(1).id())).isEqualTo(2);

        assertThat(ledger.remembered("global poem/tips", 10))
                .as("the one of before is not seen again")
                .containsExactly("2");
        assertThat(items("acme", "poem", "tips")).containsExactly("4", "2");
        assertThat(ledger.forget("acme", "poem", "tips", kept.get(1).id())).isZero();
    }

    @Test
    void aMemoryIsForgottenAsAWholeAndStaysSoWhenItsEventComesAgain() {
        left("m1", "acme", "poem", item("global poem/tips", "1"), item("global poem/tried", "2"));

        assertThat(ledger.forget("acme", "poem", "tips")).isEqualTo(1);
        ledger.appendAndRemember(
                "m1", new NewEvent("keep", "", 1, EventKind.OUTPUT, "{}"), List.of(item("global poem/tips", "1")));

        assertThat(ledger.remembered("global poem/tips", 10)).isEmpty();
        assertThat(items("acme", "poem", "tried")).containsExactly("2");
    }
}
