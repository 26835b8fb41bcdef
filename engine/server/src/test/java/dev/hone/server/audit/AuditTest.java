package dev.hone.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.server.Guarded;
import dev.hone.server.Served;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class AuditTest {

    private static final String AUDIT = "/api/v1/audit";

    private static Served tenant(String name) {
        return Guarded.as(name, "admin");
    }

    private static String key(Served admin, String name) {
        return admin.post("/api/v1/keys", Map.of("name", name, "roles", Set.of("viewer")))
                .body()
                .at("/key/id")
                .asText();
    }

    private static List<String> acts(Served.Answer answer) {
        return answer.body()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("act").asText())
                .toList();
    }

    @Test
    void itSaysWhoDidWhatToWhatAndWhenNewestFirst() {
        Served admin = tenant("audit-story");
        Instant before = Instant.now();
        String id = key(admin, "nightly");
        admin.post("/api/v1/keys/" + id + "/rotate", Map.of("grace", "PT5M"));
        admin.delete("/api/v1/keys/" + id);

        List<JsonNode> entries = admin.get(AUDIT + "?target=" + id)
                .body()
                .path("items")
                .valueStream()
                .toList();

        assertThat(entries)
                .extracting(entry -> entry.path("act").asText())
                .containsExactly("key.revoke", "key.rotate", "key.create");
        assertThat(entries.get(2).at("/detail/name").asText()).isEqualTo("nightly");
        assertThat(entries.get(1).at("/detail/grace").asText()).isEqualTo("PT5M");
        assertThat(entries.get(0).path("name").asText()).contains("audit-story admin");
        assertThat(Instant.parse(entries.get(2).path("at").asText())).isBetween(before, Instant.now());
    }

    @Test
    void itIsFilteredAndReadInParts() {
        Served admin = tenant("audit-parts");
        String first = key(admin, "a");
        key(admin, "b");
        admin.delete("/api/v1/keys/" + first);

        assertThat(acts(admin.get(AUDIT + "?act=key.create"))).hasSize(3).containsOnly("key.create");
        assertThat(acts(admin.get(AUDIT + "?act=key.*"))).hasSize(4);
        assertThat(acts(admin.get(AUDIT + "?act=k_y.*"))).isEmpty();
        assertThat(acts(admin.get(AUDIT + "?name=operator"))).containsExactly("key.create");
        assertThat(acts(admin.get(AUDIT + "?from=2100-01-01T00:00:00Z"))).isEmpty();
        assertThat(acts(admin.get(AUDIT + "?before=2100-01-01T00:00:00Z"))).hasSize(4);

        Served.Answer one = admin.get(AUDIT + "?limit=3");
        Served.Answer two =
                admin.get(AUDIT + "?limit=3&after=" + one.body().path("next").asText());
        assertThat(Stream.of(one, two).flatMap(part -> acts(part).stream()))
                .containsExactly("key.revoke", "key.create", "key.create", "key.create");
        assertThat(two.body().has("next")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=many", "after=x", "from=yesterday"})
    void whatCannotBeAskedForIsRefused(String query) {
        Served.Answer answer = tenant("audit-bad").get(AUDIT + "?" + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body().at("/problems/0/fix").asText()).isNotEmpty();
    }

    @Test
    void theOperatorReadsThatOfATenantAndAnAdminTheirOwnAlone() {
        key(tenant("audit-one"), "x");

        assertThat(acts(Guarded.operator().get(AUDIT + "?tenant=audit-one"))).contains("key.create");
        assertThat(tenant("audit-two").get(AUDIT + "?tenant=audit-one").status())
                .isEqualTo(403);
    }

    @Test
    void nothingOfItCanBeChanged() {
        assertThat(tenant("audit-one").delete(AUDIT).status()).isEqualTo(405);
        assertThat(tenant("audit-one").post(AUDIT, Map.of()).status()).isEqualTo(405);
    }
}
