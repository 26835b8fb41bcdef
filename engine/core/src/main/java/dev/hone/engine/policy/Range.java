package dev.hone.engine.policy;

import java.util.ArrayList;
import java.util.List;

/** Between which numbers the scores of a policy are. */
final class Range {

    private static final List<Setting> SETTINGS = List.of(
            new Setting("least", 0, -1e9, 1e9, "The least score there is."),
            new Setting("most", 1, -1e9, 1e9, "The highest score there is."));

    private Range() {}

    /** The range's settings and others. */
    static List<Setting> and(Setting... others) {
        List<Setting> all = new ArrayList<>(List.of(others));
        all.addAll(SETTINGS);
        return List.copyOf(all);
    }

    /** @throws BadOutcome naming a score outside the range */
    static void check(Settings settings, double score) throws BadOutcome {
        if (!(score >= settings.get("least") && score <= settings.get("most"))) {
            throw new BadOutcome(
                    "the score " + score + " is not between " + settings.get("least") + " and " + settings.get("most"));
        }
    }

    /** The score as a number from 0 to 1. */
    static double unit(Settings settings, double score) {
        double width = settings.get("most") - settings.get("least");
        return width <= 0 ? 0 : (score - settings.get("least")) / width;
    }
}
