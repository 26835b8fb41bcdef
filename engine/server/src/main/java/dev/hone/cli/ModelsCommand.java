package dev.hone.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelCatalogue;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.api.Usage;
import dev.hone.engine.work.Json;
import dev.hone.models.Found;
import dev.hone.models.Inventory;
import dev.hone.models.Measurement;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    @Override
    public Integer call() throws InterruptedException {
        Inventory inventory = new Inventory();
        wanted.forEach(inventory::provider);
        PrintWriter out = spec.commandLine().getOut();
        if (measured != null) {
            return measure(inventory, measured, out);
        }
        List<Found> found = Inventory.look(
                inventory.all().stream()
                        .filter(provider -> wanted.isEmpty() || wanted.contains(provider.name()))
                        .toList(),
                settings());
        if (json.wanted()) {
            out.println(json(found).toPrettyString());
        } else {
            found.forEach(one -> print(one, out));
        }
        out.flush();
        return Exit.DONE;
    }

    private ModelSettings settings() {
        return new ModelSettings(Optional.ofNullable(baseUrl), Optional.empty(), Optional.empty());
    }

    // --- listing

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
        found.forEach(one -> all.add(one.json()));
        return all;
    }

    // --- measuring

    private int measure(Inventory inventory, String name, PrintWriter out) {
        ModelProvider provider = inventory.provider(name.substring(0, Math.max(0, name.indexOf('/'))));
        try {
            Measurement measurement =
                    Measurement.of(provider, name, settings(), prices.prices().of(name, baseUrl != null));
            out.println(json.wanted() ? measurement.json().toPrettyString() : text(measurement));
            out.flush();
            return Exit.DONE;
        } catch (ConnectorException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(name + ": " + e.what() + ". " + e.fix() + ".");
            err.flush();
            return Exit.FAILED;
        }
    }

    private static String text(Measurement measurement) {
        ModelReply reply = measurement.reply();
        Usage usage = reply.usage();
        return String.format(
                Locale.ROOT,
                "%s: %.2f s, %d tokens read, %d written (%.1f a second)%s, %s, ended by %s",
                measurement.model(),
                measurement.seconds(),
                usage.inputTokens(),
                usage.outputTokens(),
                usage.outputTokens() / measurement.seconds(),
                usage.estimatedCalls() > 0 ? ", both estimated" : "",
                usage.unpricedCalls() > 0 ? "price unknown" : Report.money(usage.microUsd()),
                reply.finishWord().isEmpty() ? reply.finish().name().toLowerCase(Locale.ROOT) : reply.finishWord());
    }
}
