package dev.hone.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelCatalogue;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.work.Json;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hone models}. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the models that can be asked: in this process, of servers on this machine at their usual ports, and of"
                    + " hosted providers whose key is in the environment.",
            "No model is asked anything, and nothing is paid, without --measure."
        })
final class ModelsCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SHOWN = 20;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "<provider>", arity = "0..*", description = "Of these alone, with all their models.")
    private List<String> wanted = List.of();

    @Option(
            names = "--base-url",
            paramLabel = "<address>",
            description = "Where the provider is, if not at its own address; no key is sent there.")
    @Nullable
    private URI baseUrl;

    @Option(
            names = "--measure",
            paramLabel = "<provider/model>",
            description = "Makes one small call to this model and says how long it took and what it used.")
    @Nullable
    private String measured;

    @Mixin
    private final PriceOption prices = new PriceOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    /** What is known of a provider: what it lists, or why not. */
    private record Found(
            String provider, Optional<ModelCatalogue.Listing> listing, Optional<ConnectorException> problem) {

        String state() {
            return problem.map(e -> switch (e.kind()) {
                        case UNREACHABLE, TIMEOUT, LOST -> "down";
                        case DENIED -> "no key";
                        case BAD_INPUT -> "no place";
                        case UNKNOWN, BUSY, CANCELLED, BROKEN -> "unclear";
                    })
                    .orElse("up");
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, ModelProvider> providers = new TreeMap<>();
        ServiceLoader.load(ModelProvider.class).forEach(provider -> providers.put(provider.name(), provider));
        for (String name : wanted) {
            known(providers, name);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (measured != null) {
            return measure(providers, measured, out);
        }
        List<Found> found = look(providers.values().stream()
                .filter(provider -> wanted.isEmpty() || wanted.contains(provider.name()))
                .toList());
        if (json.wanted()) {
            out.println(json(found).toPrettyString());
        } else {
            found.forEach(one -> print(one, out));
        }
        out.flush();
        return Exit.DONE;
    }

    private static ModelProvider known(Map<String, ModelProvider> providers, String name) {
        ModelProvider provider = providers.get(name);
        if (provider == null) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.UNKNOWN_PROVIDER,
                    "there is no model provider '" + name + "'.",
                    "Name one of " + String.join(", ", providers.keySet()) + ".")));
        }
        return provider;
    }

    private ModelSettings settings() {
        return new ModelSettings(Optional.ofNullable(baseUrl), Optional.empty(), Optional.empty());
    }

    // --- listing

    /** All at once: each waits for its own server. What is up comes first. */
    private List<Found> look(List<ModelProvider> providers) throws InterruptedException {
        List<Found> found = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Found>> looking = new ArrayList<>();
            for (ModelProvider provider : providers) {
                if (provider instanceof ModelCatalogue catalogue) {
                    looking.add(threads.submit(() -> look(catalogue)));
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

    private Found look(ModelCatalogue catalogue) {
        try {
            CallContext context = new CallContext("none", "models", "", 1, 1, PATIENCE, new Cancellation());
            return new Found(catalogue.name(), Optional.of(catalogue.list(settings(), context)), Optional.empty());
        } catch (ConnectorException e) {
            return new Found(catalogue.name(), Optional.empty(), Optional.of(e));
        }
    }

    private void print(Found found, PrintWriter out) {
        String what = found.listing()
                .map(ModelCatalogue.Listing::place)
                .or(() -> found.problem().map(ConnectorException::what))
                .orElseThrow();
        out.printf(Locale.ROOT, "%-11s %-9s %s%n", found.provider(), found.state(), what);
        List<String> models =
                found.listing().map(ModelCatalogue.Listing::models).orElse(List.of());
        int shown = wanted.isEmpty() ? Math.min(SHOWN, models.size()) : models.size();
        models.subList(0, shown).forEach(model -> out.println("            " + found.provider() + "/" + model));
        if (shown < models.size()) {
            out.println("            and " + (models.size() - shown) + " more: hone models " + found.provider());
        }
    }

    private static ArrayNode json(List<Found> found) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (Found one : found) {
            ObjectNode object = all.addObject().put("provider", one.provider()).put("state", one.state());
            one.listing().ifPresent(listing -> {
                object.put("place", listing.place());
                ArrayNode models = object.putArray("models");
                listing.models().forEach(model -> models.add(one.provider() + "/" + model));
            });
            one.problem().ifPresent(e -> object.put("what", e.what()).put("fix", e.fix()));
        }
        return all;
    }

    // --- measuring

    private int measure(Map<String, ModelProvider> providers, String name, PrintWriter out) {
        ModelProvider provider = known(providers, name.substring(0, Math.max(0, name.indexOf('/'))));
        try {
            Measurement measurement =
                    Measurement.of(provider, name, settings(), prices.prices().of(name, baseUrl != null));
            out.println(json.wanted() ? measurement.json().toPrettyString() : measurement.text());
            out.flush();
            return Exit.DONE;
        } catch (ConnectorException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(name + ": " + e.what() + ". " + e.fix() + ".");
            err.flush();
            return Exit.FAILED;
        }
    }
}
