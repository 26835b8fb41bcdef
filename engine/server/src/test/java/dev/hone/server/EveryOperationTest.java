package dev.hone.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each operation of the OpenAPI document, by what {@link Operations} expects of it. */
@Tag("slow")
class EveryOperationTest {

    private static final List<String> ROLES = List.of("viewer", "reviewer", "author", "admin");

    /** Whose operations no key of a tenant is for. */
    private static final String OPERATOR = "operator";

    /** Paths with a variable that names nothing of a tenant's. */
    private static final Set<String> COMMON = Set.of("GET /api/v1/problems/{code}");

    /** Variables that are numbers, or words that are in other texts, too. */
    private static final Set<String> COMMON_WORDS = Set.of("version", "item", "slot", "memory");

    private static boolean may(String role, String least) {
        return !least.equals(OPERATOR) && role.equals("admin") || role.equals(least) || least.equals("viewer");
    }

    static List<Operations.Operation> all() {
        return Operations.ALL;
    }

    static List<Operations.Operation> ofThings() {
        return Operations.ALL.stream()
                .filter(operation -> operation.thing().isPresent())
                .toList();
    }

    static List<Operations.Operation> changes() {
        return Operations.ALL.stream()
                .filter(operation -> operation.change() && !operation.role().equals(OPERATOR))
                .toList();
    }

    @Test
    void everyOperationOfTheDocumentIsExpectedHere() {
        assertThat(Operations.ALL.stream().map(Operations.Operation::name))
                .containsExactlyInAnyOrderElementsOf(Operations.documented());
        assertThat(Operations.ALL.stream()
                        .filter(operation -> operation.template().contains("{")
                                && operation.thing().isEmpty()
                                && !operation.role().equals(OPERATOR))
                        .map(Operations.Operation::name))
                .as("a path that names a thing has one here")
                .containsExactlyInAnyOrderElementsOf(COMMON);
    }

    @ParameterizedTest
    @MethodSource("all")
    void nobodyMayWithoutAKey(Operations.Operation operation) {
        Served.Answer answer = operation.ask(Guarded.nobody(), Map.of());

        assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("all")
    void whoHasTheRoleMayAndNobodyElse(Operations.Operation operation) {
        for (String role : ROLES) {
            Served.Answer answer = operation.ask(Guarded.as("roles", role), Map.of());

            if (may(role, operation.role())) {
                assertThat(answer.status()).as(role + ": " + answer.text()).isNotIn(401, 403, 500);
            } else {
                assertThat(answer.status()).as(role + ": " + answer.text()).isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ofThings")
    void whatAnotherTenantHasIsNotThere(Operations.Operation operation) {
        Served owner = Guarded.as("owner", "admin");
        Map<String, String> thing = operation.thing().orElseThrow().apply(owner);

        Served.Answer answer = operation.ask(Guarded.as("stranger", "admin"), thing);
        Served.Answer nothing = operation.ask(Guarded.as("stranger", "admin"), Map.of());
        Served.Answer own = operation.ask(owner, thing);

        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
        assertThat(nothing.body().path("code"))
                .as("as if it had never been")
                .isEqualTo(answer.body().path("code"));
        assertThat(own.status()).as("its owner finds it: " + own.text()).isBetween(200, 299);
    }

    @ParameterizedTest
    @MethodSource("all")
    void listsHaveNothingOfAnotherTenant(Operations.Operation operation) {
        if (!operation.method().equals("GET") || operation.template().contains("{")) {
            return;
        }
        Served secretive = Guarded.as("secretive", "admin");
        List<Map<String, String>> things = Operations.ALL.stream()
                .flatMap(other -> other.thing().stream())
                .distinct()
                .map(thing -> thing.apply(secretive))
                .toList();

        Served.Answer answer = operation.ask(Guarded.as("curious", "admin"), Map.of());

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain("secretive");
        things.forEach(thing -> thing.forEach((variable, name) -> {
            if (!COMMON_WORDS.contains(variable)) {
                assertThat(answer.text()).doesNotContain(name);
            }
        }));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatChangesSomethingIsInTheAuditLogWithWhoDidIt(Operations.Operation operation) {
        String tenant = "audited-" + Integer.toHexString(operation.name().hashCode());
        Served owner = Guarded.as(tenant, "admin");
        Map<String, String> thing =
                operation.thing().map(made -> made.apply(owner)).orElse(Map.of());
        operation.first().ifPresent(first -> assertThat(first.apply(owner)).isNotEmpty());
        List<JsonNode> before = audit(owner);

        Served.Answer answer = operation.ask(owner, thing);
        List<JsonNode> after = audit(owner);

        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        assertThat(after).hasSize(before.size() + 1);
        JsonNode entry = after.getFirst();
        assertThat(entry.path("tenant").asText()).isEqualTo(tenant);
        assertThat(entry.path("name").asText()).contains(tenant + " admin");
        assertThat(entry.path("act").asText()).matches("[a-z-]+\\.[a-z-]+");
        assertThat(entry.path("target").asText()).isNotEmpty();
        thing.values()
                .forEach(name -> assertThat(entry.path("target").asText() + entry.path("detail"))
                        .contains(name));
    }

    private static List<JsonNode> audit(Served server) {
        return server.get("/api/v1/audit?limit=200")
                .body()
                .path("items")
                .valueStream()
                .toList();
    }
}
