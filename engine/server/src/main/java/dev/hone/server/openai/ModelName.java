package dev.hone.server.openai;

import dev.hone.server.offer.Offer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a workflow is called as a model: {@code hone/NAME} or {@code hone/NAME@VERSION}.
 *
 * @param version the latest when empty
 */
record ModelName(String workflow, Optional<Integer> version) {

    private static final String PREFIX = "hone/";
    private static final int SHOWN = 60;
    private static final Pattern FORM = Pattern.compile(PREFIX + "([a-z0-9-]{1,200})(?:@([1-9][0-9]{0,8}))?");

    /** @throws Refused when it is none */
    static ModelName parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new Refused(
                    "model",
                    "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text)
                            + "' is no model of this server.",
                    "Write hone/WORKFLOW or hone/WORKFLOW@VERSION; GET /v1/models lists them.");
        }
        return new ModelName(
                matcher.group(1), Optional.ofNullable(matcher.group(2)).map(Integer::valueOf));
    }

    static String of(Offer offer) {
        return PREFIX
                + offer.name()
                + offer.version().map(version -> "@" + version).orElse("");
    }

    /** The name that always means the latest version. */
    static String latest(Offer offer) {
        return PREFIX + offer.name();
    }
}
