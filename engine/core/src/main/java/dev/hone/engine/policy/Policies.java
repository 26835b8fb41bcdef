package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;

/** All policies. A further one is a class and a line here. */
public final class Policies {

    public static final List<Policy<?>> ALL = List.of();

    private Policies() {}

    public static Optional<Policy<?>> find(String kind) {
        return ALL.stream()
                .<Policy<?>>map(policy -> policy)
                .filter(policy -> policy.kind().equals(kind))
                .findFirst();
    }
}
