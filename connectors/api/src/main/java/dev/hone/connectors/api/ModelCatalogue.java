package dev.hone.connectors.api;

import java.util.List;

/** A provider that can say which models it has. */
public interface ModelCatalogue extends ModelProvider {

    /**
     * What there is to ask.
     *
     * @param place where it is, in words or as an address
     * @param models as {@link #open} takes them
     */
    record Listing(String place, List<String> models) {
        public Listing {
            models = List.copyOf(models);
        }
    }

    /**
     * Asks which models are there; none of them is asked anything.
     *
     * @throws ConnectorException of kind UNREACHABLE when nobody answers, DENIED when the key is absent or refused
     */
    Listing list(ModelSettings settings, CallContext context) throws ConnectorException;
}
