package dev.hone.models;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelCatalogue;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The providers of models on the class path. */
public final class Inventory {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, ModelProvider> providers = new TreeMap<>();

    public Inventory() {
        ServiceLoader.load(ModelProvider.class).forEach(provider -> providers.put(provider.name(), provider));
    }

    /** By name. */
    public Collection<ModelProvider> all() {
        return providers.values();
    }

    /** @throws EngineException when there is none of this name */
    public ModelProvider provider(String name) {
        ModelProvider provider = providers.get(name);
        if (provider == null) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.UNKNOWN_PROVIDER,
                    "there is no model provider '" + name + "'.",
                    "Name one of " + String.join(", ", providers.keySet()) + ".")));
        }
        return provider;
    }

    /** Asks providers what they have, all at once, as each waits for its own server. What is up comes first. */
    public static List<Found> look(Collection<ModelProvider> providers, ModelSettings settings)
            throws InterruptedException {
        List<Found> found = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Found>> looking = new ArrayList<>();
            for (ModelProvider provider : providers) {
                if (provider instanceof ModelCatalogue catalogue) {
                    looking.add(threads.submit(() -> look(catalogue, settings)));
                }
            }
            for (Future<Found> one : looking) {
                try {
                    found.add(one.get());
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e.getCause());
                }
            }
        }
        found.sort(
                Comparator.comparing((Found one) -> one.problem().isPresent()).thenComparing(Found::provider));
        return found;
    }

    private static Found look(ModelCatalogue catalogue, ModelSettings settings) {
        try {
            CallContext context = new CallContext("none", "models", "", 1, 1, PATIENCE, new Cancellation());
            return new Found(catalogue.name(), Optional.of(catalogue.list(settings, context)), Optional.empty());
        } catch (ConnectorException e) {
            return new Found(catalogue.name(), Optional.empty(), Optional.of(e));
        }
    }
}
