package dev.hone.connectors.local;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.local.transformer.Transformer;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The models that run inside this process: {@code local/listprog-gen}, {@code local/listprog-gen-apprentice}, {@code
 * local/listprog-critic} and {@code local/listprog-editor}. No download, no key, no price.
 */
public final class LocalProvider implements ModelProvider {

    @Override
    public String name() {
        return "local";
    }

    /** The settings are not used: there is no endpoint, no key and no price. */
    @Override
    public Model open(String model, ModelSettings settings) throws ConnectorException {
        Checkpoint checkpoint = Arrays.stream(Checkpoint.values())
                .filter(known -> known.model().equals(model))
                .findFirst()
                .orElseThrow(() -> new ConnectorException(
                        Kind.UNKNOWN,
                        "there is no local model '" + model + "'",
                        "use one of "
                                + Arrays.stream(Checkpoint.values())
                                        .map(Checkpoint::model)
                                        .collect(Collectors.joining(", "))));
        Transformer network = checkpoint.network();
        return new LocalModel(model, checkpoint.role(), network);
    }
}
