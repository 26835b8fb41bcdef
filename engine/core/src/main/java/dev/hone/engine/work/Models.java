package dev.hone.engine.work;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.api.SecretRef;
import dev.hone.dsl.Prices;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Workflow;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The models of {@code call}: opened once for each name and endpoint, shared by all runs. */
public final class Models {

    private record Opening(String name, ModelSettings settings) {}

    private final Map<String, ModelProvider> providers = new TreeMap<>();
    private final Map<Opening, Model> opened = new ConcurrentHashMap<>();

    private final Prices prices;

    private Models(Iterable<ModelProvider> found, Prices prices) {
        this.prices = prices;
        found.forEach(provider -> providers.put(provider.name(), provider));
    }

    /** Every provider on the class path, at these prices. */
    public static Models discovered(Prices prices) {
        return new Models(ServiceLoader.load(ModelProvider.class), prices);
    }

    public Set<String> providers() {
        return Set.copyOf(providers.keySet());
    }

    /**
     * The model of a slot.
     *
     * @param override {@code provider/model} to use in the place of the slot's own, which then keeps neither endpoint nor key
     */
    Model open(Slot.ModelSlot slot, Optional<String> override) throws ConnectorException {
        return override.isPresent()
                ? open(override.get(), atHome(override.get()))
                : open(slot.init().name(), settings(slot));
    }

    private Model open(String name, ModelSettings settings) throws ConnectorException {
        Opening opening = new Opening(name, settings);
        Model known = opened.get(opening);
        if (known != null) {
            return known;
        }
        int slash = name.indexOf('/');
        ModelProvider provider = slash < 0 ? null : providers.get(name.substring(0, slash));
        if (provider == null) {
            throw new ConnectorException(
                    ConnectorException.Kind.UNKNOWN,
                    "no provider answers to the model name " + name,
                    "write provider/model with one of " + String.join(", ", providers.keySet()));
        }
        Model model = provider.open(name.substring(slash + 1), settings);
        Model earlier = opened.putIfAbsent(opening, model);
        return earlier == null ? model : earlier;
    }

    private ModelSettings atHome(String name) {
        return new ModelSettings(
                Optional.empty(), Optional.empty(), prices.of(name, false).map(Models::price));
    }

    private ModelSettings settings(Slot.ModelSlot slot) throws ConnectorException {
        try {
            return new ModelSettings(
                    slot.baseUrl().map(url -> URI.create(url.name())),
                    slot.key().map(Workflow.Name::name).map(SecretRef::new),
                    slot.price()
                            .or(() ->
                                    prices.of(slot.init().name(), slot.baseUrl().isPresent()))
                            .map(Models::price));
        } catch (IllegalArgumentException e) {
            throw new ConnectorException(
                    ConnectorException.Kind.BAD_INPUT,
                    "the slot " + slot.name() + " cannot be used: " + e.getMessage(),
                    "correct its baseUrl or key",
                    null,
                    e);
        }
    }

    private static ModelSettings.Price price(Slot.Price price) {
        return new ModelSettings.Price(price.input(), price.cached().orElse(price.input()), price.output());
    }
}
