package dev.hone.server.offer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.LiveText;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NarrationTest {

    private final Narration narration = new Narration();
    private long seq;

    private String part(String element, int attempt, String text, boolean last) {
        return narration.tell(new LiveText("r", element, "", attempt, text, last));
    }

    private String event(String element, EventKind kind, String body) {
        return narration.tell(new RunEvent("r", ++seq, element, "", 1, kind, Instant.EPOCH, body));
    }

    @Test
    void ofModelsSideBySideOneHasTheFloor() {
        assertThat(part("a", 1, "Once ", false)).isEqualTo("[a] Once ");
        assertThat(part("b", 1, "Never ", false)).isEmpty();
        assertThat(part("a", 1, "more", false)).isEqualTo("more");
        assertThat(part("b", 1, "mind", true)).isEmpty();
        assertThat(part("c", 1, "Well", false)).isEmpty();
        assertThat(part("a", 1, ".", true)).isEqualTo(".\n[b] Never mind\n[c] Well");
        assertThat(part("c", 1, "", true)).isEqualTo("\n");
    }

    @Test
    void whatHappensWaitsForTheEndOfTheLine() {
        part("a", 1, "Once", false);
        assertThat(event("check", EventKind.OUTPUT, "{\"value\": {\"pass\": true}, \"name\": \"ok\"}"))
                .isEmpty();
        assertThat(part("a", 1, "", true)).isEqualTo("\ncheck: ok: passes\n");
        assertThat(event("a", EventKind.SKIPPED, "{\"rule\": \"done\"}")).isEqualTo("a: skipped by the rule done\n");
    }

    @Test
    void aTryThatFailsGivesWayToTheNextOrToAnother() {
        part("a", 1, "Onc", false);
        part("b", 1, "Yes", true);
        assertThat(part("a", 2, "Once", false)).isEqualTo("\n[a] Once");
        assertThat(event("a", EventKind.PROBLEM, "{\"what\": \"gone\"}")).isEqualTo("\na: gone\n[b] Yes\n");
    }

    @Test
    void whatOnlyTheEngineNeedsIsNotTold() {
        part("a", 1, "Once", false);
        assertThat(event("a", EventKind.CALLED, "{}")).isEmpty();
        assertThat(part("a", 1, " more", false)).isEqualTo(" more");
    }
}
