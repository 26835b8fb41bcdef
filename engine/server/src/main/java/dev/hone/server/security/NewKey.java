package dev.hone.server.security;

import dev.hone.dsl.ProblemCode;
import dev.hone.server.store.ApiKey;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key that is wanted.
 *
 * @param name what it is for
 * @param roles of viewer, reviewer, author and admin
 * @param tenant another one than the caller's; for the operator of the server
 * @param expiresAt when it ends; never when absent
 * @param workflows that it may use; all when absent. Such a key is no admin's
 */
@Introspected
record NewKey(
        @NotBlank @Size(max = 100) String name,
        @NotEmpty @Size(max = 4) Set<String> roles,
        @Nullable @Size(max = 200) String tenant,
        @Nullable Instant expiresAt,
        @Nullable @Size(max = 100) Set<@Size(max = 200) String> workflows) {

    ApiKey key(KeyText text, Caller caller, Instant now) {
        List<String> known = Arrays.stream(Role.values()).map(Role::word).toList();
        for (String role : roles) {
            if (!known.contains(role)) {
                throw KeyController.refused(
                        ProblemCode.BAD_SETTING,
                        "there is no role " + role + ".",
                        "Write some of " + String.join(", ", known) + ".");
            }
        }
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw KeyController.refused(
                    ProblemCode.BAD_SETTING,
                    "the key would have expired before it is made.",
                    "Give a later expiresAt.");
        }
        if (workflows != null && roles.contains(Role.MAY_ADMINISTER)) {
            throw KeyController.refused(
                    ProblemCode.BAD_SETTING,
                    "an admin's key cannot be for some workflows alone: it could make keys for all.",
                    "Leave workflows away, or give it another role.");
        }
        if (tenant != null && tenant.isBlank()) {
            throw KeyController.refused(
                    ProblemCode.BAD_SETTING, "the tenant has no name.", "Name it, or leave tenant away.");
        }
        return new ApiKey(
                text.id(),
                caller.tenant(Optional.ofNullable(tenant)),
                name,
                roles,
                Optional.ofNullable(workflows).map(names -> names.stream().collect(Collectors.toSet())),
                Secrets.hash(text.secret()),
                Optional.empty(),
                Optional.ofNullable(expiresAt),
                caller.name(),
                now,
                Optional.empty(),
                Optional.empty());
    }
}
