package dev.hone.dsl;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How much all runs may spend on a day of UTC.
 *
 * @param all of all runs together
 * @param tenant of the runs of each tenant that has no limit of its own
 * @param tenants of the runs of these
 */
public record DayLimits(Limit all, Limit tenant, Map<String, Limit> tenants) {

    public static final DayLimits NONE = new DayLimits(Limit.NONE, Limit.NONE, Map.of());

    /** @param microUsd millionths of a US dollar */
    public record Limit(OptionalLong calls, OptionalLong tokens, OptionalLong microUsd) {

        public static final Limit NONE = new Limit(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    public DayLimits {
        tenants = Map.copyOf(tenants);
    }

    public Limit of(String name) {
        return tenants.getOrDefault(name, tenant);
    }
}
