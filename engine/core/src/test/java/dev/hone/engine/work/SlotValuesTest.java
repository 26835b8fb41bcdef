package dev.hone.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.Slot;
import dev.hone.dsl.Value;
import dev.hone.dsl.Where;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotValuesTest {

    private static final Where WHERE = new Where("w.yaml", 1, 1);

    private static Slot.ValueSlot slot(Slot.ValueKind kind) {
        return new Slot.ValueSlot("held", kind, new Value.Nothing(WHERE), WHERE);
    }

    private static List<RunEvent> changes(String... changes) {
        return IntStream.range(0, changes.length)
                .mapToObj(i -> new RunEvent(
                        "run",
                        i,
                        "slot",
                        "i=" + i,
                        1,
                        EventKind.OUTPUT,
                        Instant.EPOCH,
                        "{\"slot\":" + changes[i] + "}"))
                .toList();
    }

    @Test
    void wordsBecomeWhatTheSlotHolds() {
        assertThat(SlotValues.parse(slot(Slot.ValueKind.PROMPT), "12")).isEqualTo(Json.node("12"));
        assertThat(SlotValues.parse(slot(Slot.ValueKind.THRESHOLD), "0.5").isNumber())
                .isTrue();
        assertThat(SlotValues.parse(slot(Slot.ValueKind.LIST), "[1, 2]").size()).isEqualTo(2);
        assertThat(SlotValues.parse(slot(Slot.ValueKind.VALUE), "12 monkeys")).isEqualTo(Json.node("12 monkeys"));
        assertThat(SlotValues.parse(slot(Slot.ValueKind.VALUE), "")).isEqualTo(Json.node(""));
        assertThat(SlotValues.problems(
                        slot(Slot.ValueKind.THRESHOLD), SlotValues.parse(slot(Slot.ValueKind.THRESHOLD), "x")))
                .hasSize(1);
    }

    @Test
    void aRunFoundWhatItPromotedLastElseWhatTheSlotHeldAtItsEnd() {
        String first = "{\"name\":\"held\",\"op\":\"set\",\"value\":\"a\"}";
        String second = "{\"name\":\"held\",\"op\":\"set\",\"value\":\"b\"}";
        String other = "{\"name\":\"other\",\"op\":\"set\",\"value\":\"c\"}";
        String promote = "{\"name\":\"held\",\"op\":\"promote\"}";
        assertThat(SlotValues.found(changes(first, second, other), "held")).contains(Json.node("b"));
        assertThat(SlotValues.found(changes(first, promote, second), "held")).contains(Json.node("a"));
        assertThat(SlotValues.found(changes(other), "held")).isEmpty();
        assertThat(SlotValues.found(changes(first, "{\"name\":\"held\",\"op\":\"reset\"}"), "held"))
                .isEmpty();
    }
}
