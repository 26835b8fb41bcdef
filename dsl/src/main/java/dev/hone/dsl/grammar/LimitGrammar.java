package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;

import dev.hone.dsl.DayLimits;
import dev.hone.dsl.RateLimits;
import dev.hone.dsl.yaml.Yaml;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What may be asked of model providers, and spent on a day. */
public final class LimitGrammar {

    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);

    private static final Form.Keyed LIMIT = new Form.Keyed(
            "a limit",
            1,
            List.of(
                    optional("requests", new Form.Number(1, true), "Most requests a minute."),
                    optional("tokens", new Form.Number(1, true), "Most tokens a minute, read and written."),
                    optional("concurrent", new Form.Number(1, true), "Most requests at a time.")));

    private static final Form.Keyed DAY_LIMIT = new Form.Keyed(
            "a limit of a day",
            1,
            List.of(
                    optional("usd", new Form.Number(0, false), "Most US dollars."),
                    optional("calls", new Form.Number(0, true), "Most model calls."),
                    optional("tokens", new Form.Number(0, true), "Most tokens, read and written.")));

    private static final Form.Keyed DAY = new Form.Keyed(
            "limits of a day",
            1,
            List.of(
                    optional("all", DAY_LIMIT, "Of all runs together."),
                    optional("tenant", DAY_LIMIT, "Of the runs of each tenant."),
                    optional(
                            "tenants",
                            new Form.Mapping(
                                    "a mapping of tenants to limits, as acme: {usd: 10}",
                                    1,
                                    Naming.WORKFLOW,
                                    DAY_LIMIT),
                            "Of the runs of these tenants.")));

    public static final Form FORM = new Form.Keyed(
            "a file of limits",
            1,
            List.of(
                    optional(
                            "limits",
                            new Form.Mapping(
                                    "a mapping of providers to limits, as openai: {requests: 500, concurrent: 8}",
                                    1,
                                    Naming.WORKFLOW,
                                    LIMIT),
                            "What may be asked, by provider."),
                    optional("day", DAY, "What may be spent on a day of UTC.")));

    private LimitGrammar() {}

    public static RateLimits read(Yaml file) {
        Fields all = Fields.of(file);
        Fields day = all.fields("day");
        return new RateLimits(
                all.fields("limits").mapped((provider, yaml) -> {
                    Fields limit = Fields.of(yaml);
                    return new RateLimits.Limit(
                            number(limit, "requests"), number(limit, "tokens"), number(limit, "concurrent"));
                }),
                new DayLimits(
                        dayLimit(day.fields("all")),
                        dayLimit(day.fields("tenant")),
                        day.fields("tenants").mapped((tenant, yaml) -> dayLimit(Fields.of(yaml)))));
    }

    private static OptionalInt number(Fields limit, String key) {
        return limit.number(key)
                .map(number -> OptionalInt.of(number.intValueExact()))
                .orElse(OptionalInt.empty());
    }

    private static DayLimits.Limit dayLimit(Fields limit) {
        return new DayLimits.Limit(
                amount(limit, "calls", BigDecimal.ONE),
                amount(limit, "tokens", BigDecimal.ONE),
                amount(limit, "usd", MICRO));
    }

    private static OptionalLong amount(Fields limit, String key, BigDecimal unit) {
        return limit.number(key)
                .map(number -> OptionalLong.of(
                        number.multiply(unit).setScale(0, RoundingMode.FLOOR).longValueExact()))
                .orElse(OptionalLong.empty());
    }
}
