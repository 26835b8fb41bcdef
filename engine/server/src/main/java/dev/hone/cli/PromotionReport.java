package dev.hone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.work.Json;
import dev.hone.eval.Gain;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Promotions as people read them, and as programs do. */
final class PromotionReport {

    private static final int SHOWN = 80;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final PrintWriter out;
    private final boolean json;

    PromotionReport(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** @param holding those of them that hold for the workflow as it is now */
    void list(String workflow, List<Promotion> all, List<Promotion> holding) {
        if (json) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            all.forEach(promotion -> array.add(json(promotion).put("holds", holding.contains(promotion))));
            out.println(array.toPrettyString());
        } else if (all.isEmpty()) {
            out.println("Nothing is promoted for " + workflow + ": runs begin with what the file says.");
        }
        if (!json) {
            all.forEach(promotion -> {
                out.println(name(promotion) + " version " + promotion.version() + ", "
                        + standing(promotion, holding.contains(promotion)));
                body(promotion);
                out.println("by        " + told(promotion.act()));
                out.println();
            });
        }
        out.flush();
    }

    private static String standing(Promotion promotion, boolean holds) {
        if (promotion.rollback().isPresent()) {
            return "taken back by " + told(promotion.rollback().get());
        }
        return holds ? "holds" : "does not hold: another version does, or the workflow has changed since";
    }

    void promoted(Promotion promotion, Gain gain, boolean dry) {
        if (json) {
            out.println(json(promotion).put("dryRun", dry).toPrettyString());
        } else {
            out.println(
                    dry
                            ? "It would be promoted: " + name(promotion) + " of " + promotion.workflow() + "."
                            : "Promoted version " + promotion.version() + " of " + name(promotion) + " of "
                                    + promotion.workflow() + ". Runs that start now begin with it.");
            body(promotion);
            if (!dry) {
                out.println("by        " + told(promotion.act()));
            }
        }
        out.flush();
    }

    static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    void rolledBack(Promotion promotion) {
        if (json) {
            out.println(json(promotion).toPrettyString());
        } else {
            out.println("Taken back: version " + promotion.version() + " of " + name(promotion) + " of "
                    + promotion.workflow() + ". What held before it holds again.");
        }
        out.flush();
    }

    private void body(Promotion promotion) {
        Promotion.Evidence evidence = promotion.evidence();
        out.println("value     " + shown(promotion));
        out.println(String.format(
                Locale.ROOT,
                "gain      %+.2f [%+.2f, %+.2f] on %s: %s over %s, %s, %s",
                evidence.difference(),
                evidence.low(),
                evidence.high(),
                evidence.metric(),
                evidence.candidate(),
                evidence.baseline(),
                count(evidence.tasks(), "task"),
                count(evidence.seeds(), "seed")));
        out.println(String.format(
                Locale.ROOT,
                "e-value   %.3g of the %.3g needed, at the level %s",
                evidence.eValue(),
                evidence.needed(),
                evidence.alpha()));
        out.println("evidence  " + evidence.file()
                + promotion.fromRun().map(run -> ", the value from run " + run).orElse(""));
    }

    private static String told(Promotion.Act act) {
        return act.by() + ", " + TIME.format(act.at().atZone(ZoneId.systemDefault()))
                + (act.because().isEmpty() ? "" : ", because " + act.because());
    }

    private static String name(Promotion promotion) {
        return promotion.slot().equals(Promotion.WHOLE) ? "the workflow" : promotion.slot();
    }

    private static String shown(Promotion promotion) {
        JsonNode value = Json.read(promotion.content());
        String text = promotion.slot().equals(Promotion.WHOLE)
                ? value.path("file").asText()
                : Report.text(value).replace('\n', ' ').strip();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
    }

    private static ObjectNode json(Promotion promotion) {
        ObjectNode object = Json.object()
                .put("workflow", promotion.workflow())
                .put("slot", promotion.slot())
                .put("version", promotion.version());
        object.set("value", Json.read(promotion.content()));
        object.set("evidence", Json.MAPPER.valueToTree(promotion.evidence()));
        promotion.fromRun().ifPresent(run -> object.put("fromRun", run));
        object.set("promoted", act(promotion.act()));
        promotion.rollback().ifPresent(act -> object.set("rolledBack", act(act)));
        return object;
    }

    private static ObjectNode act(Promotion.Act act) {
        return Json.object()
                .put("by", act.by())
                .put("because", act.because())
                .put("at", act.at().toString());
    }
}
