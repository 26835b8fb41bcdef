package dev.hone.engine.work;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.api.SecretRef;
import dev.hone.dsl.Prices;
import dev.hone.dsl.RateLimits;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Workflow;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The models of {@code call}: opened once for each version and endpoint, shared by all runs. */
public final class Models {

    /** Versions made by trainings that stay open: a run goes to and fro between few. */
    private static final int MOST_TRAINED = 8;

    private record Opening(ModelVersion version, ModelSettings settings) {}

    /**
     * A model that can be asked.
     *
     * @param throttle of its server, shared with all models there
     */
    record Opened(Model model, Throttle throttle) {}

    private final Map<String, ModelProvider> providers = new TreeMap<>();
    private final Map<Opening, Opened> opened = new ConcurrentHashMap<>();
    /** In the order of their last use. */
    private final Map<Opening, Opened> trained = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Opening, Opened> eldest) {
            return size() > MOST_TRAINED;
        }
    });

    private final Map<String, Throttle> throttles = new ConcurrentHashMap<>();

    private final Prices prices;
    private final RateLimits limits;

    private Models(Iterable<ModelProvider> found, Prices prices, RateLimits limits) {
        this.prices = prices;
        this.limits = limits;
        found.forEach(provider -> providers.put(provider.name(), provider));
    }

    /** Every provider on the class path, at these prices and within these limits. */
    public static Models discovered(Prices prices, RateLimits limits) {
        return new Models(ServiceLoader.load(ModelProvider.class), prices, limits);
    }

    public Set<String> providers() {
        return Set.copyOf(providers.keySet());
    }

    /** The models that may answer for a slot, the first one first. One that takes the slot's place is alone. */
    static List<ModelVersion> versions(Slot.ModelSlot slot, Optional<ModelVersion> override) {
        return override.map(List::of)
                .orElseGet(() -> slot.models().stream()
                        .map(Workflow.Name::name)
                        .map(ModelVersion::of)
                        .toList());
    }

    /**
     * A model of a slot.
     *
     * @param version one of {@link #versions}; another model than the slot's {@code init} has neither its endpoint nor its
     *     key
     */
    Opened open(Slot.ModelSlot slot, ModelVersion version, Optional<ModelVersion> override) throws ConnectorException {
        boolean own = version.model().equals(slot.init().name())
                && (override.isEmpty() || version.adapter().isPresent());
        return open(version, own ? settings(slot) : atHome(version.model()));
    }

    private Opened open(ModelVersion version, ModelSettings settings) throws ConnectorException {
        Map<Opening, Opened> known = version.adapter().isPresent() ? trained : opened;
        Opening opening = new Opening(version, settings);
        Opened before = known.get(opening);
        if (before != null) {
            return before;
        }
        String name = version.model();
        int slash = name.indexOf('/');
        ModelProvider provider = slash < 0 ? null : providers.get(name.substring(0, slash));
        if (provider == null) {
            throw new ConnectorException(
                    ConnectorException.Kind.UNKNOWN,
                    "no provider answers to the model name " + name,
                    "write provider/model with one of " + String.join(", ", providers.keySet()));
        }
        String bare = name.substring(slash + 1);
        Model model = version.adapter().isPresent()
                ? provider.open(bare, settings, version.adapter().get())
                : provider.open(bare, settings);
        String server =
                provider.name() + settings.baseUrl().map(url -> " at " + url).orElse("");
        Throttle throttle = throttles.computeIfAbsent(
                model.inProcess() ? name : server,
                key -> new Throttle(
                        key,
                        model.inProcess() ? RateLimits.UNLIMITED : limits.of(provider.name()),
                        InstantSource.system()));
        Opened now = new Opened(model, throttle);
        Opened earlier = known.putIfAbsent(opening, now);
        return earlier == null ? now : earlier;
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

    /** What a list says, as a model takes it. */
    public static ModelSettings.Price price(Slot.Price price) {
        return new ModelSettings.Price(
                price.input(),
                price.cached().orElse(price.input()),
                price.kept().orElse(price.input()),
                price.output());
    }
}
