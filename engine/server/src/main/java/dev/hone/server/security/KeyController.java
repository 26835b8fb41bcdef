package dev.hone.server.security;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.server.Page;
import dev.hone.server.audit.Audit;
import dev.hone.server.store.ApiKey;
import dev.hone.server.store.Keys;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that programs call with. */
@Controller("/api/v1/keys")
@Secured(Role.MAY_ADMINISTER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Keys")
class KeyController {

    private final Keys keys;
    private final Audit audit;

    KeyController(Keys keys, Audit audit) {
        this.keys = keys;
        this.audit = audit;
    }

    /**
     * Makes a key.
     *
     * @return the key itself, which is told this once and never again
     */
    @Post
    @ApiResponse(responseCode = "201", description = "The key itself, which is told this once and never again.")
    HttpResponse<KeyView.Told> create(@Valid @Body NewKey wanted, Authentication who) {
        Caller caller = Caller.of(who);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        KeyText text = KeyText.random();
        ApiKey key = wanted.key(text, caller, now);
        keys.add(key);
        audit.record(caller, key.tenant(), "key.create", key.id(), Map.of("name", key.name(), "roles", key.roles()));
        return HttpResponse.created(
                new KeyView.Told(text.whole(), KeyView.of(key, now)), URI.create("/api/v1/keys/" + key.id()));
    }

    /**
     * Lists the keys of the tenant, also those that were revoked, by their ids and without their secrets.
     *
     * @param tenant another one than the caller's; for the operator of the server
     * @param after the cursor of the part before
     * @param limit how many at the most, up to 200
     */
    @Get
    Page<KeyView> list(
            @Nullable @QueryValue String tenant,
            @Nullable @QueryValue String after,
            @QueryValue(defaultValue = Page.USUAL) int limit,
            Authentication who) {
        if (limit < 1 || limit > Page.MOST) {
            throw refused(
                    ProblemCode.BAD_REQUEST,
                    "limit is " + limit + ", and a part has 1 to " + Page.MOST + " keys.",
                    "Correct the limit.");
        }
        String whose = Caller.of(who).tenant(Optional.ofNullable(tenant));
        List<ApiKey> found = keys.list(Optional.of(whose), after == null ? "" : after, limit + 1);
        boolean more = found.size() > limit;
        List<ApiKey> part = more ? found.subList(0, limit) : found;
        Instant now = Instant.now();
        return new Page<>(
                part.stream().map(key -> KeyView.of(key, now)).toList(),
                more ? Optional.of(part.getLast().id()) : Optional.empty());
    }

    /** A key, without its secret. */
    @Get("/{id}")
    KeyView get(String id, Authentication who) {
        return KeyView.of(find(id, Caller.of(who)), Instant.now());
    }

    /** Revokes a key, from this moment on. */
    @Delete("/{id}")
    @ApiResponse(responseCode = "204", description = "It is taken no more.")
    HttpResponse<?> revoke(String id, Authentication who) {
        Caller caller = Caller.of(who);
        ApiKey key = find(id, caller);
        if (!keys.revoke(key.id(), Instant.now())) {
            throw revoked(id);
        }
        audit.record(caller, key.tenant(), "key.revoke", id, Map.of("name", key.name()));
        return HttpResponse.noContent();
    }

    /**
     * Gives a key another secret. The present one is taken, too, for as long as is said.
     *
     * @return the key itself, which is told this once and never again
     */
    @Post("/{id}/rotate")
    KeyView.Told rotate(String id, @Valid @Body Rotation rotation, Authentication who) {
        Caller caller = Caller.of(who);
        ApiKey key = find(id, caller);
        KeyText text = new KeyText(key.id(), "").withOtherSecret();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Duration grace = rotation.length();
        if (!keys.rotate(key.id(), Secrets.hash(text.secret()), now.plus(grace))) {
            throw revoked(id);
        }
        audit.record(caller, key.tenant(), "key.rotate", id, Map.of("grace", grace.toString()));
        return new KeyView.Told(text.whole(), KeyView.of(find(id, caller), now));
    }

    private ApiKey find(String id, Caller caller) {
        return keys.find(id, caller.operator() ? Optional.empty() : Optional.of(caller.tenant()))
                .orElseThrow(() -> refused(
                        ProblemCode.NOT_FOUND,
                        "there is no key " + id + ".",
                        "GET /api/v1/keys lists those that there are."));
    }

    private static EngineException revoked(String id) {
        return refused(ProblemCode.CONFLICT, "the key " + id + " is revoked already.", "Make another one.");
    }

    static EngineException refused(ProblemCode code, String what, String fix) {
        return new EngineException(List.of(Problem.of(code, what, fix)));
    }
}
