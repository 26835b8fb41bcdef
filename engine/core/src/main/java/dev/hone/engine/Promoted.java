package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Slot;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.work.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run begins with in the place of what the file says: what the caller asks for, and for the other slots the versions
 * that were promoted.
 *
 * @param models {@code provider/model} by model slot
 * @param slots values by value slot
 * @param versions of the slots whose promoted version is used
 */
public record Promoted(Map<String, String> models, Map<String, JsonNode> slots, Map<String, Integer> versions) {

    /**
     * @param holding the promotions that hold for the text of the program
     * @param models that the caller asks for; they come before promoted ones, as do the values
     */
    public static Promoted of(
            List<Promotion> holding, Program program, Map<String, String> models, Map<String, JsonNode> slots) {
        Map<String, String> allModels = new HashMap<>(models);
        Map<String, JsonNode> allSlots = new HashMap<>(slots);
        Map<String, Integer> versions = new TreeMap<>();
        for (Promotion promotion : holding) {
            String name = promotion.slot();
            Slot slot = program.workflow().slots().get(name);
            if (slot == null || models.containsKey(name) || slots.containsKey(name)) {
                continue;
            }
            JsonNode value = Json.read(promotion.content());
            switch (slot) {
                case Slot.ModelSlot model -> allModels.put(name, value.asText());
                case Slot.ValueSlot held -> allSlots.put(name, value);
                case Slot.ScorerSlot scorer -> throw notPromotable(promotion);
                case Slot.ToolSlot tool -> throw notPromotable(promotion);
            }
            versions.put(name, promotion.version());
        }
        return new Promoted(allModels, allSlots, versions);
    }

    private static IllegalStateException notPromotable(Promotion promotion) {
        return new IllegalStateException("only models and values are promoted, not " + promotion.slot());
    }
}
