package dev.hone.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A server with authentication, one for all tests that need no other, and keys for it. */
public final class Guarded {

    /** The environment of the tests has the operator's key here. */
    public static final String VARIABLE = "HONE_TEST_OPERATOR_KEY";

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<String, String> KEYS = new TreeMap<>();
    private static @Nullable Served shared;

    private Guarded() {}

    /** What makes a server one with authentication. */
    public static Map<String, Object> settings(Map<String, Object> others) {
        Map<String, Object> all = new HashMap<>(others);
        all.put("hone.security.auth", "true");
        all.put("hone.security.admin-key-variable", VARIABLE);
        return all;
    }

    /** Asked without a key. Webhooks may reach this machine; it lives as long as the tests do. */
    public static Served nobody() {
        LOCK.lock();
        try {
            if (shared == null) {
                Served started = Served.start(
                        Files.createTempDirectory("hone-guarded-"),
                        settings(Map.of(
                                "hone.security.refusals-per-minute", "0",
                                "hone.allow.private-webhooks", "true",
                                "hone.webhooks.first-retry", "100ms",
                                "hone.webhooks.attempts", "2",
                                "hone.evals.at-once", "200",
                                "hone.evals.per-tenant", "200")));
                Runtime.getRuntime().addShutdownHook(new Thread(started::close));
                shared = started;
            }
            return shared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            LOCK.unlock();
        }
    }

    public static Served operator() {
        return operator(nobody());
    }

    public static Served operator(Served server) {
        return server.with(System.getenv(VARIABLE));
    }

    /** Asked with a key of a tenant's that has one role; always the same. */
    public static Served as(String tenant, String role) {
        LOCK.lock();
        try {
            return nobody().with(KEYS.computeIfAbsent(
                    tenant + " " + role,
                    name -> key(operator(), Map.of("name", name, "tenant", tenant, "roles", Set.of(role)))));
        } finally {
            LOCK.unlock();
        }
    }

    /** Makes a key. @return the whole key */
    public static String key(Served admin, Map<String, Object> wanted) {
        Served.Answer answer = admin.post("/api/v1/keys", wanted);
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.text());
        }
        return answer.body().path("secret").asText();
    }
}
