package dev.hone.server.security;

import io.micronaut.security.authentication.Authentication;
import java.util.Map;
import java.util.Set;

/**
 * Who calls.
 *
 * @param name who, for the audit log
 * @param tenant whose things they see; no others
 * @param roles with those that they imply
 * @param operator whether it is the one who runs the server, who administers all tenants
 */
public record Caller(String name, String tenant, Set<String> roles, boolean operator) {

    /** Whose things there are where nobody speaks of tenants. */
    public static final String DEFAULT_TENANT = "default";

    private static final String TENANT = "hone-tenant";
    private static final String OPERATOR = "hone-operator";

    static Caller operator(String name) {
        return new Caller(name, DEFAULT_TENANT, Role.implied(Set.of(Role.MAY_ADMINISTER)), true);
    }

    /** Of a request that the security filter has let through. */
    public static Caller of(Authentication who) {
        Map<String, Object> attributes = who.getAttributes();
        return new Caller(
                who.getName(),
                String.valueOf(attributes.getOrDefault(TENANT, DEFAULT_TENANT)),
                Set.copyOf(who.getRoles()),
                Boolean.TRUE.equals(attributes.get(OPERATOR)));
    }

    Authentication authentication() {
        return Authentication.build(name, roles, Map.of(TENANT, tenant, OPERATOR, operator));
    }
}
