package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Slot;
import dev.hone.dsl.yaml.Yaml;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A list of prices. */
public final class PriceGrammar {

    public static final Form FORM = new Form.Keyed(
            "a price list",
            List.of(
                    required("prices", new Form.Named(Naming.DATE), "The day on which the prices were looked up."),
                    required(
                            "models",
                            new Form.Mapping(
                                    "a mapping of models to prices, as ollama/llama3.2: {input: 0, output: 0}",
                                    1,
                                    Naming.MODEL,
                                    SlotGrammar.PRICE),
                            "What tokens cost, by model; a name that ends in * stands for all that begin so.")));

    /** The 30th of February is the last day of February. */
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);

    private PriceGrammar() {}

    public static LocalDate date(Yaml list) {
        return LocalDate.parse(Fields.of(list).text("prices"), DAY);
    }

    public static Map<String, Slot.Price> models(Yaml list) {
        return Fields.of(list).fields("models").mapped((name, price) -> SlotGrammar.price(Fields.of(price)));
    }
}
