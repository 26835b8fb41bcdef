package dev.hone.server.offer;

import dev.hone.engine.EngineException;
import dev.hone.server.security.Caller;
import java.util.List;
import java.util.Optional;

/** The workflows that a caller may run by name: of their tenant, and as far as their key is for them. */
public interface Offers {

    /** Those that {@link Calls#start} takes, by name; of each the latest version. */
    List<Offer> list(Caller caller);

    /**
     * One, whether it can be started now or not.
     *
     * @param version the latest when empty
     * @throws EngineException when the tenant has none of this name and version, or the key is not for it
     */
    Offer find(Caller caller, String name, Optional<Integer> version);
}
