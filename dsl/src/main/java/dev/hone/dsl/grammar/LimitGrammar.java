package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.RateLimits;
import dev.hone.dsl.yaml.Yaml;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What may be asked of model providers. */
public final class LimitGrammar {

    private static final Form.Keyed LIMIT = new Form.Keyed(
            "a limit",
            1,
            List.of(
                    optional("requests", new Form.Number(1, true), "Most requests a minute."),
                    optional("tokens", new Form.Number(1, true), "Most tokens a minute, read and written."),
                    optional("concurrent", new Form.Number(1, true), "Most requests at a time.")));

    public static final Form FORM = new Form.Keyed(
            "a file of limits",
            List.of(required(
                    "limits",
                    new Form.Mapping(
                            "a mapping of providers to limits, as openai: {requests: 500, concurrent: 8}",
                            1,
                            Naming.WORKFLOW,
                            LIMIT),
                    "What may be asked, by provider.")));

    private LimitGrammar() {}

    public static Map<String, RateLimits.Limit> read(Yaml file) {
        return Fields.of(file).fields("limits").mapped((provider, yaml) -> {
            Fields limit = Fields.of(yaml);
            return new RateLimits.Limit(
                    number(limit, "requests"), number(limit, "tokens"), number(limit, "concurrent"));
        });
    }

    private static OptionalInt number(Fields limit, String key) {
        return limit.number(key)
                .map(number -> OptionalInt.of(number.intValueExact()))
                .orElse(OptionalInt.empty());
    }
}
