package dev.hone.server.slots;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Slot;
import dev.hone.engine.compile.Params;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.work.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A slot, and what runs that start now begin with.
 *
 * @param kind model, prompt, code, weights, threshold, list, value, scorer or tool
 * @param value what it holds: {@code provider/model} of a model, the name of a tool; none where a run computes it first
 * @param version 1 is what the file says
 * @param promoted where the value comes from, when it is not the file's
 */
@Schema(name = "Slot")
record SlotView(String name, String kind, Optional<JsonNode> value, int version, Optional<PromotionView> promoted) {

    /** @param holding the versions that hold for the workflow's text */
    static SlotView of(Slot slot, List<Promotion> holding) {
        Optional<Promotion> promotion =
                holding.stream().filter(one -> one.slot().equals(slot.name())).findFirst();
        return new SlotView(
                slot.name(),
                kind(slot),
                promotion.map(one -> Json.read(one.content())).or(() -> own(slot)),
                promotion.map(Promotion::version).orElse(1),
                promotion.map(one -> PromotionView.of(one, true)));
    }

    private static String kind(Slot slot) {
        return switch (slot) {
            case Slot.ModelSlot model -> "model";
            case Slot.ValueSlot value -> value.kind().name().toLowerCase(Locale.ROOT);
            case Slot.ScorerSlot scorer -> "scorer";
            case Slot.ToolSlot tool -> "tool";
        };
    }

    private static Optional<JsonNode> own(Slot slot) {
        return switch (slot) {
            case Slot.ModelSlot model -> Optional.of(Json.node(model.init().name()));
            case Slot.ValueSlot value ->
                Optional.ofNullable(Params.plain(value.init())).map(Json::node);
            case Slot.ScorerSlot scorer -> Optional.of(Json.node(scorer.tool().name()));
            case Slot.ToolSlot tool -> Optional.of(Json.node(tool.tool().name()));
        };
    }
}
