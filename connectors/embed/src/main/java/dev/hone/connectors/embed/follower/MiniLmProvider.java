package dev.hone.connectors.embed.follower;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelCatalogue;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.embed.MiniLm;
import java.util.List;

/** The one model that is made of the sentence embedding model: {@code minilm/follower}. No download, no key, no price. */
public final class MiniLmProvider implements ModelCatalogue {

    private static final String FOLLOWER = "follower";

    /** One for all, as what it has understood once it keeps. */
    private final Model follower = new Follower(new MiniLm());

    @Override
    public String name() {
        return "minilm";
    }

    /** The settings are not used: there is no endpoint, no key and no price. */
    @Override
    public Model open(String model, ModelSettings settings) throws ConnectorException {
        if (!model.equals(FOLLOWER)) {
            throw new ConnectorException(
                    Kind.UNKNOWN, "there is no model 'minilm/" + model + "'", "use minilm/" + FOLLOWER);
        }
        return follower;
    }

    @Override
    public Listing list(ModelSettings settings, CallContext context) {
        return new Listing("in this process", List.of(FOLLOWER));
    }
}
