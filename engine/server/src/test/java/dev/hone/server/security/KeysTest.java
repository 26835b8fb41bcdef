package dev.hone.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.server.Guarded;
import dev.hone.server.Served;
import dev.hone.server.store.Keys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class KeysTest {

    private static final String KEYS = "/api/v1/keys";

    private final Served admin = Guarded.as("keys", "admin");

    @Test
    void aKeyIsToldOnceAndLetsItsOwnerIn() {
        Served.Answer made = admin.post(KEYS, Map.of("name", "nightly", "roles", Set.of("viewer")));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String secret = made.body().path("secret").asText();
        String id = made.body().at("/key/id").asText();
        assertThat(secret).matches("hone_" + id + "_[A-Za-z0-9_-]{43}");
        assertThat(made.header("Location")).isEqualTo(KEYS + "/" + id);
        assertThat(made.body().at("/key/tenant").asText()).isEqualTo("keys");
        assertThat(Guarded.nobody()
                        .with(secret)
                        .post("/api/v1/workflows/check", Map.of("text", "hone: 1"))
                        .status())
                .isEqualTo(200);

        Served.Answer told = admin.get(KEYS + "/" + id);
        assertThat(told.body().path("name").asText()).isEqualTo("nightly");
        assertThat(told.body().path("lastUsedAt").asText()).isNotEmpty();
        assertThat(told.text() + admin.get(KEYS).text()).doesNotContain(secret.substring(22));
    }

    @Test
    void nothingOfASecretIsKeptButItsHash() {
        String secret = Guarded.key(admin, Map.of("name", "hashed", "roles", Set.of("viewer")));
        KeyText text = KeyText.read(secret).orElseThrow();

        assertThat(Guarded.nobody()
                        .bean(Keys.class)
                        .find(text.id())
                        .orElseThrow()
                        .secret())
                .isEqualTo(Secrets.hash(text.secret()))
                .hasSize(64);
        assertThat(text.toString()).doesNotContain(text.secret());
    }

    static List<String> strangers() {
        return List.of(
                "",
                "hone",
                "hone_0123456789abcdef_" + "A".repeat(43),
                "hone_0123456789abcdef_",
                "hone_' or 1=1 --_" + "A".repeat(43),
                "eyJhbGciOiJub25lIn0.e30.",
                "x".repeat(4_000));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void whoHasNoKeyIsAsStrangeAsWhoHasAWrongOne(String key) {
        Served.Answer answer =
                (key.isEmpty() ? Guarded.nobody() : Guarded.nobody().with(key)).get(KEYS);

        assertThat(answer.status()).as(answer.text()).isEqualTo(401);
        assertThat(answer.body().path("code").asText()).isEqualTo("NOT_AUTHENTICATED");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void theSecretOfOneKeyOpensNoOther() {
        KeyText one = KeyText.read(Guarded.key(admin, Map.of("name", "one", "roles", Set.of("admin"))))
                .orElseThrow();
        KeyText two = KeyText.read(Guarded.key(admin, Map.of("name", "two", "roles", Set.of("admin"))))
                .orElseThrow();

        assertThat(Guarded.nobody()
                        .with(new KeyText(one.id(), two.secret()).whole())
                        .get(KEYS)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aRevokedKeyIsTakenNoMore() {
        String secret = Guarded.key(admin, Map.of("name", "lost", "roles", Set.of("admin")));
        String id = KeyText.read(secret).orElseThrow().id();
        assertThat(Guarded.nobody().with(secret).get(KEYS).status()).isEqualTo(200);

        assertThat(admin.delete(KEYS + "/" + id).status()).isEqualTo(204);

        assertThat(Guarded.nobody().with(secret).get(KEYS).status()).isEqualTo(401);
        assertThat(admin.get(KEYS + "/" + id).body().path("revokedAt").asText()).isNotEmpty();
        Served.Answer again = admin.delete(KEYS + "/" + id);
        assertThat(again.status()).as(again.text()).isEqualTo(409);
        assertThat(admin.post(KEYS + "/" + id + "/rotate", Map.of()).status()).isEqualTo(409);
    }

    @Test
    void aRotatedKeyHasBothSecretsForAsLongAsIsSaid() {
        String first = Guarded.key(admin, Map.of("name", "rotating", "roles", Set.of("admin")));
        String id = KeyText.read(first).orElseThrow().id();

        Served.Answer rotated = admin.post(KEYS + "/" + id + "/rotate", Map.of("grace", "PT1H"));
        String second = rotated.body().path("secret").asText();

        assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
        assertThat(rotated.body().at("/key/earlierSecretUntil").asText()).isNotEmpty();
        assertThat(Guarded.nobody().with(first).get(KEYS).status()).isEqualTo(200);
        assertThat(Guarded.nobody().with(second).get(KEYS).status()).isEqualTo(200);

        String third = admin.post(KEYS + "/" + id + "/rotate", Map.of("grace", "PT0S"))
                .body()
                .path("secret")
                .asText();
        assertThat(Guarded.nobody().with(first).get(KEYS).status()).isEqualTo(401);
        assertThat(Guarded.nobody().with(second).get(KEYS).status()).isEqualTo(401);
        assertThat(Guarded.nobody().with(third).get(KEYS).status()).isEqualTo(200);
    }

    @Test
    void aKeyEndsWhenItWasToEnd() {
        String secret = Guarded.key(
                admin,
                Map.of(
                        "name",
                        "short",
                        "roles",
                        Set.of("admin"),
                        "expiresAt",
                        Instant.now().plusSeconds(3).toString()));

        assertThat(Guarded.nobody().with(secret).get(KEYS).status()).isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Guarded.nobody().with(secret).get(KEYS).status() == 401);
    }

    @Test
    void aPartOfTheListLeadsToTheNext() {
        Served own = Guarded.as("keys-of-pages", "admin");
        for (int n = 0; n < 4; n++) {
            Guarded.key(own, Map.of("name", "n" + n, "roles", Set.of("viewer")));
        }

        JsonNode first = own.get(KEYS + "?limit=3").body();
        JsonNode second =
                own.get(KEYS + "?limit=3&after=" + first.path("next").asText()).body();

        assertThat(Stream.of(first, second)
                        .flatMap(part -> part.path("items").valueStream())
                        .map(key -> key.path("name").asText()))
                .containsExactlyInAnyOrder("n0", "n1", "n2", "n3", "keys-of-pages admin");
        assertThat(second.path("next").asText()).isEmpty();
    }

    static List<Map<String, Object>> unfit() {
        return List.of(
                Map.of("roles", Set.of("viewer")),
                Map.of("name", "x", "roles", Set.of()),
                Map.of("name", "x", "roles", Set.of("owner")),
                Map.of("name", "x", "roles", Set.of("viewer"), "expiresAt", "2001-01-01T00:00:00Z"),
                Map.of("name", "x", "roles", Set.of("viewer"), "expiresAt", "tomorrow"),
                Map.of("name", "x", "roles", Set.of("admin"), "workflows", Set.of("haiku")),
                Map.of("name", "x".repeat(101), "roles", Set.of("viewer")),
                Map.of("name", "x", "roles", Set.of("viewer"), "role", "viewer"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void whatDoesNotFitIsRefusedWithWhatToDo(Map<String, Object> wanted) {
        Served.Answer answer = admin.post(KEYS, wanted);

        assertThat(answer.status()).as(answer.text()).isIn(400, 422);
        assertThat(answer.body().at("/problems/0/fix").asText()).isNotEmpty();
    }

    @Test
    void anAdminMakesNoKeyForAnotherTenantAndTheOperatorDoes() {
        Served.Answer refused =
                admin.post(KEYS, Map.of("name", "x", "roles", Set.of("viewer"), "tenant", "somebody-else"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(admin.get(KEYS + "?tenant=somebody-else").status()).isEqualTo(403);

        assertThat(Guarded.operator()
                        .post(KEYS, Map.of("name", "x", "roles", Set.of("viewer"), "tenant", "somebody-else"))
                        .body()
                        .at("/key/tenant")
                        .asText())
                .isEqualTo("somebody-else");
        assertThat(Guarded.operator()
                        .get(KEYS + "?tenant=somebody-else")
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void aGraceThatIsTooLongIsRefused() {
        String id = KeyText.read(Guarded.key(admin, Map.of("name", "x", "roles", Set.of("viewer"))))
                .orElseThrow()
                .id();

        assertThat(admin.post(KEYS + "/" + id + "/rotate", Map.of("grace", "P31D"))
                        .status())
                .isEqualTo(422);
        assertThat(admin.post(KEYS + "/" + id + "/rotate", Map.of("grace", "soon"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aKeyForSomeWorkflowsIsForThoseAlone() {
        Caller caller = new Caller("x", "t", Set.of("author"), java.util.Optional.of(Set.of("haiku")), false);

        assertThat(Caller.of(caller.authentication())).isEqualTo(caller);
        caller.requireUse("haiku");
        assertThatThrownBy(() -> caller.requireUse("sonnet"))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.code())
                                .containsExactly(ProblemCode.NOT_ALLOWED));
    }

    @Test
    void aServerThatNobodyCouldEnterDoesNotStart(@TempDir Path dir) {
        assertThatThrownBy(() -> Served.start(
                                dir,
                                Map.of(
                                        "hone.security.auth",
                                        "true",
                                        "hone.security.admin-key-variable",
                                        "HONE_TEST_NOT_SET"))
                        .close())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("HONE_TEST_NOT_SET");
    }

    @Test
    void aKeyOfTheOperatorThatCouldBeGuessedIsRefusedAndNotShown(@TempDir Path dir) {
        assertThatThrownBy(() -> Served.start(
                                dir,
                                Map.of(
                                        "hone.security.auth",
                                        "true",
                                        "hone.security.admin-key-variable",
                                        "HONE_TEST_SHORT_KEY"))
                        .close())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("HONE_TEST_SHORT_KEY")
                .hasMessageNotContaining("too-short");
    }

    @Test
    void theOperatorsKeyIsNowhereInTheDataDirectory(@TempDir Path dir) throws Exception {
        String whole;
        try (Served server = Served.start(dir, Guarded.settings(Map.of()))) {
            assertThat(Guarded.operator(server).get(KEYS).status()).isEqualTo(200);
            whole = Guarded.key(Guarded.operator(server), Map.of("name", "x", "roles", Set.of("viewer")));
        }
        try (Served again = Served.start(
                dir, Map.of("hone.security.auth", "true", "hone.security.admin-key-variable", "HONE_TEST_NOT_SET"))) {
            assertThat(again.with(whole)
                            .post("/api/v1/workflows/check", Map.of("text", "x"))
                            .status())
                    .as("a key in the database is enough")
                    .isEqualTo(200);
        }
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(bytes)
                        .doesNotContain(System.getenv(Guarded.VARIABLE))
                        .doesNotContain(whole.substring(22));
            }
        }
    }
}
