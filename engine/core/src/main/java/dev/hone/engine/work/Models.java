package dev.hone.engine.work;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.api.SecretRef;
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

    private Models(Iterable<ModelProvider> found) {
        found.forEach(provider -> providers.put(provider.name(), provider));
    }

    /** Every provider on the class path. */
    public static Models discovered() {
        return new Models(ServiceLoader.load(ModelProvider.class));
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
        ModelSettings settings = override.isPresent() ? ModelSettings.DEFAULT : settings(slot);
        return open(override.orElse(slot.init().name()), settings);
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

    private static ModelSettings settings(Slot.ModelSlot slot) throws ConnectorException {
        try {
            return new ModelSettings(
                    slot.baseUrl().map(url -> URI.create(url.name())),
                    slot.key().map(Workflow.Name::name).map(SecretRef::new),
                    slot.price().map(price -> new ModelSettings.Price(price.input(), price.output())));
        } catch (IllegalArgumentException e) {
            throw new ConnectorException(
                    ConnectorException.Kind.BAD_INPUT,
                    "the slot " + slot.name() + " cannot be used: " + e.getMessage(),
                    "correct its baseUrl or key",
                    null,
                    e);
        }
    }
}
