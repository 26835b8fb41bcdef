package dev.hone.dsl;

import dev.hone.dsl.grammar.FormCheck;
import dev.hone.dsl.grammar.LimitGrammar;
import dev.hone.dsl.yaml.Yaml;
import dev.hone.dsl.yaml.YamlParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How much may be asked of model providers.
 *
 * @param providers the limits by the name before the {@code /} of a model
 * @param day what may be spent on a day
 */
public record RateLimits(Map<String, Limit> providers, DayLimits day) {

    /** No limits but that of {@link #DEFAULT}. */
    public static final RateLimits NONE = new RateLimits(Map.of(), DayLimits.NONE);

    /** What holds for a provider without limits of its own. */
    public static final Limit DEFAULT = new Limit(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(64));

    /** What holds for models in this process. */
    public static final Limit UNLIMITED = new Limit(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    /**
     * @param requests a minute
     * @param tokens a minute, read and written
     * @param concurrent at a time
     */
    public record Limit(OptionalInt requests, OptionalInt tokens, OptionalInt concurrent) {}

    /** What comes of reading limits. */
    public sealed interface Listing {

        record Read(RateLimits limits) implements Listing {}

        /** @param problems at least one, in the order of the file */
        record Refused(List<Problem> problems) implements Listing {}
    }

    public RateLimits {
        providers = Map.copyOf(providers);
    }

    /**
     * Reads limits: {@code limits: {PROVIDER: {requests, tokens, concurrent}}} and {@code day: {all, tenant, tenants: {NAME}}},
     * each of which has {@code usd}, {@code calls} and {@code tokens}.
     *
     * @param file the name to use in problems; it is not opened
     */
    public static Listing read(String file, String text) {
        Problems problems = new Problems();
        Optional<Yaml> root = YamlParser.parse(file, text, problems);
        root.ifPresent(yaml -> FormCheck.check(yaml, LimitGrammar.FORM, problems));
        return root.isEmpty() || !problems.isEmpty()
                ? new Listing.Refused(problems.inOrder())
                : new Listing.Read(LimitGrammar.read(root.get()));
    }

    public Limit of(String provider) {
        return providers.getOrDefault(provider, DEFAULT);
    }
}
