package dev.hone.server.security;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.server.store.ApiKey;
import io.micronaut.security.authentication.Authentication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who calls.
 *
 * @param name who, for the audit log
 * @param tenant whose things they see; no others
 * @param roles with those that they imply
 * @param workflows that they may use; all when empty
 * @param operator whether it is the one who runs the server, who administers all tenants
 */
public record Caller(String name, String tenant, Set<String> roles, Optional<Set<String>> workflows, boolean operator) {

    /** Whose things there are where nobody speaks of tenants. */
    public static final String DEFAULT_TENANT = "default";

    /** The names of those who run the server. */
    static final Set<String> OURS = Set.of("operator", "local");

    /** What the names of keys begin with. */
    static final String KEY = "key ";

    private static final String TENANT = "hone-tenant";
    private static final String WORKFLOWS = "hone-workflows";
    private static final String OPERATOR = "hone-operator";

    static Caller operator(String name) {
        return new Caller(name, DEFAULT_TENANT, Role.implied(Set.of(Role.MAY_ADMINISTER)), Optional.empty(), true);
    }

    static Caller of(ApiKey key) {
        return new Caller(
                KEY + key.id() + " (" + key.name() + ")",
                key.tenant(),
                Role.implied(key.roles()),
                key.workflows(),
                false);
    }

    /** Of a request that the security filter has let through. */
    public static Caller of(Authentication who) {
        Map<String, Object> attributes = who.getAttributes();
        Optional<Set<String>> workflows = Optional.empty();
        if (attributes.get(WORKFLOWS) instanceof Set<?> names) {
            Set<String> some = new TreeSet<>();
            names.forEach(name -> some.add(String.valueOf(name)));
            workflows = Optional.of(some);
        }
        return new Caller(
                who.getName(),
                String.valueOf(attributes.getOrDefault(TENANT, DEFAULT_TENANT)),
                Set.copyOf(who.getRoles()),
                workflows,
                Boolean.TRUE.equals(attributes.get(OPERATOR)));
    }

    Authentication authentication() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(TENANT, tenant);
        attributes.put(OPERATOR, operator);
        workflows.ifPresent(names -> attributes.put(WORKFLOWS, names));
        return Authentication.build(name, roles, attributes);
    }

    /** Whether they may deploy, run or see a workflow at all. */
    public boolean mayUse(String workflow) {
        return workflows.isEmpty() || workflows.get().contains(workflow);
    }

    /** @throws EngineException when their key is for other workflows alone */
    public void requireUse(String workflow) {
        if (!mayUse(workflow)) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.NOT_ALLOWED,
                    "this key is not for the workflow " + workflow + ".",
                    "It is for " + String.join(", ", new TreeSet<>(workflows.orElseThrow()))
                            + "; an admin of the tenant makes another.")));
        }
    }

    /**
     * The tenant that they ask about: their own, unless they run the server and name another.
     *
     * @throws EngineException when they may not look there
     */
    public String tenant(Optional<String> asked) {
        if (asked.isPresent() && !operator && !asked.get().equals(tenant)) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.NOT_ALLOWED,
                    "the tenant " + asked.get() + " is not the one of this key.",
                    "Leave the tenant away; only the operator of the server looks after several.")));
        }
        return asked.orElse(tenant);
    }
}
