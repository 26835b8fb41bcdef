package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Slot;
import dev.hone.dsl.yaml.Yaml;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of slots. A further one is a form, a case of {@link #read} and a line in {@link #FORM}. */
final class SlotGrammar {

    static final int DEFAULT_MAX_TOKENS = 1024;

    static final Form.Keyed PRICE = new Form.Keyed(
            "a price",
            List.of(
                    required("input", new Form.Number(0, false), "US dollars for a million tokens read."),
                    optional(
                            "cached",
                            new Form.Number(0, false),
                            "US dollars for a million tokens read that the provider had kept; 'input' when absent."),
                    optional(
                            "kept",
                            new Form.Number(0, false),
                            "US dollars for a million tokens read that the provider keeps for later; 'input' when absent."),
                    required("output", new Form.Number(0, false), "US dollars for a million tokens written.")));

    private static final Form.Keyed MODEL = new Form.Keyed(
            "a model slot",
            List.of(
                    required("init", new Form.Named(Naming.MODEL), "The model, as 'provider/model'."),
                    optional(
                            "fallback",
                            new Form.ListOf(new Form.Named(Naming.MODEL)),
                            "Models to ask instead when 'init' cannot answer, one after the other."),
                    optional(
                            "baseUrl",
                            new Form.Named(Naming.ADDRESS),
                            "The endpoint, when it is not the provider's own."),
                    optional("key", new Form.Named(Naming.SECRET), "Where the key is found; never the key itself."),
                    optional(
                            "price",
                            PRICE,
                            "What tokens cost, where the price list does not know it; needed when 'budget.money' is set."),
                    optional(
                            "temperature",
                            new Form.Number(0, false),
                            "How freely the model chooses; 0 is the most likely word."),
                    optional(
                            "maxTokens",
                            new Form.Number(1, true),
                            "The longest reply, in tokens; " + DEFAULT_MAX_TOKENS + " when absent."),
                    optional(
                            "cache",
                            new Form.Word(List.of("system")),
                            "Write 'system' to ask the provider to keep the calls' system texts, which later calls begin with."),
                    optional(
                            "selfGrading",
                            new Form.Word(List.of("allowed")),
                            "Write 'allowed' when the model may judge what the same model wrote.")));

    private static final Form.Keyed SCORER = new Form.Keyed(
            "a scorer slot",
            List.of(
                    required("tool", Form.TEXT, "The tool that looks at an artifact."),
                    optional("in", CallVerb.INPUTS, "The tool's inputs; 'item' is the artifact."),
                    required("score", Form.FEEL, "The score, higher is better, over 'out', the tool's output.")));

    private static final Form.Keyed TOOL = new Form.Keyed(
            "a tool slot",
            List.of(
                    required("tool", Form.TEXT, "The tool."),
                    optional("in", CallVerb.INPUTS, "Inputs that the steps do not give themselves.")));

    private static final Form.Keyed VALUE = new Form.Keyed(
            "a slot",
            List.of(required("init", Form.VALUE, "The first version; \"= ...\" is computed from the inputs.")));

    static final Form FORM = new Form.ByWord("a slot", "kind", "What the slot holds.", kinds());

    private SlotGrammar() {}

    private static Map<String, Form.Keyed> kinds() {
        Map<String, Form.Keyed> kinds = new LinkedHashMap<>();
        kinds.put("model", MODEL);
        kinds.put("scorer", SCORER);
        kinds.put("tool", TOOL);
        Fields.words(Slot.ValueKind.class).forEach(kind -> kinds.put(kind, VALUE));
        return kinds;
    }

    static Slot read(String name, Yaml yaml) {
        Fields fields = Fields.of(yaml);
        return switch (fields.text("kind")) {
            case "model" ->
                new Slot.ModelSlot(
                        name,
                        fields.name("init"),
                        fields.items("fallback").stream().map(Fields::nameOf).toList(),
                        fields.optionalName("baseUrl"),
                        fields.optionalName("key"),
                        fields.has("price")
                                ? java.util.Optional.of(price(fields.fields("price")))
                                : java.util.Optional.empty(),
                        fields.number("temperature").map(BigDecimal::doubleValue),
                        fields.number("maxTokens")
                                .map(BigDecimal::intValueExact)
                                .orElse(DEFAULT_MAX_TOKENS),
                        fields.has("cache"),
                        fields.has("selfGrading"),
                        yaml.where());
            case "scorer" ->
                new Slot.ScorerSlot(
                        name, fields.name("tool"), fields.values("in"), fields.expression("score"), yaml.where());
            case "tool" -> new Slot.ToolSlot(name, fields.name("tool"), fields.values("in"), yaml.where());
            default ->
                new Slot.ValueSlot(
                        name,
                        fields.word("kind", Slot.ValueKind.class).orElseThrow(),
                        Values.read(fields.yaml("init")),
                        yaml.where());
        };
    }

    static Slot.Price price(Fields fields) {
        return new Slot.Price(
                fields.number("input").orElseThrow(),
                fields.number("cached"),
                fields.number("kept"),
                fields.number("output").orElseThrow());
    }
}
