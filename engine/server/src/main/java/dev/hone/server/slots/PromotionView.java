package dev.hone.server.slots;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.work.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/**
 * A version that was promoted.
 *
 * @param slot none when it is the whole workflow
 * @param version counts from 2, as what the file says is the first; none when nothing was promoted because of a dry run
 * @param value the slot's value; of a whole workflow its texts
 * @param evidence what showed the gain
 * @param fromRun the run that found the value
 * @param promoted by whom, why and when
 * @param rolledBack the same of who took it back
 * @param holds whether runs that start now begin with it
 */
@Schema(name = "Promotion")
record PromotionView(
        String workflow,
        Optional<String> slot,
        Optional<Integer> version,
        JsonNode value,
        Promotion.Evidence evidence,
        Optional<String> fromRun,
        Promotion.Act promoted,
        Optional<Promotion.Act> rolledBack,
        boolean holds) {

    static PromotionView of(Promotion promotion, boolean holds) {
        return new PromotionView(
                promotion.workflow(),
                promotion.slot().equals(Promotion.WHOLE) ? Optional.empty() : Optional.of(promotion.slot()),
                promotion.version() == 0 ? Optional.empty() : Optional.of(promotion.version()),
                Json.read(promotion.content()),
                promotion.evidence(),
                promotion.fromRun(),
                promotion.act(),
                promotion.rollback(),
                holds);
    }
}
