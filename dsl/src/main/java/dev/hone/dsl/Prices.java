package dev.hone.dsl;

import dev.hone.dsl.grammar.FormCheck;
import dev.hone.dsl.grammar.PriceGrammar;
import dev.hone.dsl.yaml.Yaml;
import dev.hone.dsl.yaml.YamlParser;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What models cost, by list. A name that ends in {@code *} stands for all names that begin with the rest; the longest name
 * that fits counts.
 *
 * @param shipped on {@code date}, for models at their provider's own address
 * @param own the user's; they go before the shipped ones, and hold wherever a model is reached
 */
public record Prices(Optional<LocalDate> date, Map<String, Slot.Price> shipped, Map<String, Slot.Price> own) {

    public static final Prices NONE = new Prices(Optional.empty(), Map.of(), Map.of());

    private static final Set<String> FREE = Set.of("local", "player");

    /** What comes of reading a list. */
    public sealed interface Listing {

        record Read(LocalDate date, Map<String, Slot.Price> models) implements Listing {}

        /** @param problems at least one, in the order of the file */
        record Refused(List<Problem> problems) implements Listing {}
    }

    public Prices {
        shipped = Map.copyOf(shipped);
        own = Map.copyOf(own);
    }

    /**
     * Reads a list: {@code prices: DATE} and {@code models: {provider/model: {input, cached, output}}}.
     *
     * @param file the name to use in problems; it is not opened
     */
    public static Listing read(String file, String text) {
        Problems problems = new Problems();
        Optional<Yaml> root = YamlParser.parse(file, text, problems);
        root.ifPresent(yaml -> FormCheck.check(yaml, PriceGrammar.FORM, problems));
        if (root.isEmpty() || !problems.isEmpty()) {
            return new Listing.Refused(problems.inOrder());
        }
        return new Listing.Read(PriceGrammar.date(root.get()), PriceGrammar.models(root.get()));
    }

    public Prices withOwn(Map<String, Slot.Price> models) {
        return new Prices(date, shipped, models);
    }

    /**
     * The price of a model.
     *
     * @param model {@code provider/model}
     * @param elsewhere whether it is reached at another address than the provider's own
     */
    public Optional<Slot.Price> of(String model, boolean elsewhere) {
        return find(own, model).or(() -> elsewhere ? Optional.empty() : find(shipped, model));
    }

    /**
     * Whether a model costs nothing, as those do that come with Hone and run in its process.
     *
     * @param model {@code provider/model}
     */
    public static boolean free(String model) {
        return FREE.stream().anyMatch(provider -> model.startsWith(provider + "/"));
    }

    private static Optional<Slot.Price> find(Map<String, Slot.Price> list, String model) {
        Map<Integer, Slot.Price> fitting = new TreeMap<>();
        list.forEach((name, price) -> {
            if (name.equals(model)) {
                fitting.put(Integer.MAX_VALUE, price);
            } else if (name.endsWith("*") && model.startsWith(name.substring(0, name.length() - 1))) {
                fitting.put(name.length(), price);
            }
        });
        return fitting.values().stream().reduce((shorter, longer) -> longer);
    }
}
