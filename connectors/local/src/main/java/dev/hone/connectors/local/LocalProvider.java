package dev.hone.connectors.local;

import dev.hone.connectors.api.Adapter;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelCatalogue;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.local.game24.Game24Player;
import dev.hone.connectors.local.transformer.Transformer;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The models that run inside this process: {@code local/listprog-gen}, {@code local/listprog-gen-apprentice}, {@code
 * local/listprog-critic}, {@code local/listprog-editor} and {@code local/game24-player}. No download, no key, no price.
 */
public final class LocalProvider implements ModelCatalogue {

    static final String NAME = "local";

    private final UnaryOperator<String> variables;

    public LocalProvider() {
        this(System::getenv);
    }

    /** @param variables what an environment variable is set to, null when it is not */
    public LocalProvider(UnaryOperator<String> variables) {
        this.variables = variables;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The settings are not used: there is no endpoint, no key and no price. */
    @Override
    public Model open(String model, ModelSettings settings) throws ConnectorException {
        if (model.equals(Game24Player.NAME)) {
            return new Game24Player();
        }
        Checkpoint checkpoint = checkpoint(model);
        return new LocalModel(model, checkpoint.role(), checkpoint.network());
    }

    /**
     * The adapters are those of the trainer {@code listprog-adapter}, and those of {@code listprog-full}, whose weights lie in
     * the {@link WeightsStore}.
     */
    @Override
    public Model open(String model, ModelSettings settings, Adapter adapter) throws ConnectorException {
        if (model.equals(Game24Player.NAME)) {
            return ModelCatalogue.super.open(model, settings, adapter);
        }
        Checkpoint checkpoint = checkpoint(model);
        Transformer network = adapter.format().equals(WeightsStore.FORMAT)
                ? new Transformer(
                        Trained.whole(checkpoint, WeightsStore.of(variables).read(adapter)))
                : Trained.network(checkpoint, adapter);
        return new LocalModel(model, checkpoint.role(), network);
    }

    private static Checkpoint checkpoint(String model) throws ConnectorException {
        return Checkpoint.named(model)
                .orElseThrow(() -> new ConnectorException(
                        Kind.UNKNOWN,
                        "there is no local model '" + model + "'",
                        "use one of " + String.join(", ", models())));
    }

    @Override
    public Listing list(ModelSettings settings, CallContext context) {
        return new Listing("in this process", models());
    }

    private static List<String> models() {
        return Stream.concat(Arrays.stream(Checkpoint.values()).map(Checkpoint::model), Stream.of(Game24Player.NAME))
                .toList();
    }
}
