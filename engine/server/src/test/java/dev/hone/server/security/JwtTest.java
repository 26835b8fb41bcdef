package dev.hone.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.hone.engine.EngineException;
import dev.hone.server.Served;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an identity provider, whose public keys are on this machine. */
@Tag("slow")
class JwtTest {

    private static final String ISSUER = "https://identity.example";
    private static final String AUDIENCE = "hone";
    private static final String CHECK = "/api/v1/workflows/check";

    private static final RSAKey KEY = key("k1");
    private static final RSAKey STRANGER = key("k1");

    private static HttpServer provider;
    private static Served server;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        byte[] keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        provider.start();
        server = Served.start(
                dir,
                Map.of(
                        "hone.security.auth", "true",
                        "hone.security.admin-key-variable", "HONE_TEST_NOT_SET",
                        "hone.security.roles-claim", "realm_access.roles",
                        "hone.security.tenant-claim", "org",
                        "hone.security.jwt.issuer", ISSUER,
                        "hone.security.jwt.audience", AUDIENCE,
                        "hone.security.jwt.jwks-url",
                                "http://127.0.0.1:" + provider.getAddress().getPort() + "/keys"));
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.stop(0);
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet.Builder claims(String... roles) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("ada")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("org", "acme")
                .claim("realm_access", Map.of("roles", List.of(roles)));
    }

    private static String signed(RSAKey key, JWTClaimsSet claims) {
        try {
            return signed(new RSASSASigner(key), JWSAlgorithm.RS256, claims);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(JWSSigner signer, JWSAlgorithm algorithm, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID("k1").build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static int status(String token) {
        return server.with(token).post(CHECK, Map.of("text", "hone: 1")).status();
    }

    private static int status(UnaryOperator<JWTClaimsSet.Builder> change) {
        return status(signed(KEY, change.apply(claims("viewer")).build()));
    }

    @Test
    void aTokenLetsItsSubjectInWithItsTenantAndRoles() {
        String token = signed(KEY, claims("admin", "offline_access").build());

        Served.Answer made = server.with(token).post("/api/v1/keys", Map.of("name", "x", "roles", List.of("viewer")));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.body().at("/key/tenant").asText()).isEqualTo("acme");
        assertThat(made.body().at("/key/createdBy").asText()).isEqualTo("ada");
        assertThat(status(made.body().path("secret").asText())).isEqualTo(200);
    }

    @Test
    void rolesLimitWhatItMay() {
        assertThat(status(claims -> claims)).isEqualTo(200);
        assertThat(server.with(signed(KEY, claims("viewer").build()))
                        .get("/api/v1/keys")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void rolesThatAreNotOursCountNothing() {
        assertThat(status(signed(KEY, claims("owner", "root", "ADMIN").build())))
                .isEqualTo(403);
        assertThat(status(claims -> claims.claim("realm_access", "admin"))).isEqualTo(403);
    }

    @Test
    void anExpiredTokenIsRefused() {
        assertThat(status(
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(300)))))
                .isEqualTo(401);
        assertThat(status(claims -> claims.expirationTime(null))).isEqualTo(401);
        assertThat(status(claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(300)))))
                .isEqualTo(401);
    }

    @Test
    void aTokenOfAnotherIssuerOrForAnotherAudienceIsRefused() {
        assertThat(status(claims -> claims.issuer("https://other.example"))).isEqualTo(401);
        assertThat(status(claims -> claims.issuer(null))).isEqualTo(401);
        assertThat(status(claims -> claims.audience("other"))).isEqualTo(401);
        assertThat(status(claims -> claims.audience((String) null))).isEqualTo(401);
    }

    @Test
    void aTokenWithoutASubjectOrATenantIsRefused() {
        assertThat(status(claims -> claims.subject(null))).isEqualTo(401);
        assertThat(status(claims -> claims.claim("org", null))).isEqualTo(401);
        assertThat(status(claims -> claims.claim("org", " "))).isEqualTo(401);
        assertThat(status(claims -> claims.claim("org", List.of("acme")))).isEqualTo(401);
    }

    @Test
    void aTokenIsNeitherTheOperatorsNorAKeysInTheLog() {
        assertThat(status(claims -> claims.subject("operator"))).isEqualTo(401);
        assertThat(status(claims -> claims.subject("key 0123456789abcdef (nightly)")))
                .isEqualTo(401);
    }

    @Test
    void aSignatureThatIsNotTheIssuersIsRefused() throws JOSEException {
        JWTClaimsSet claims = claims("admin").build();
        byte[] publicKey = KEY.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8);

        assertThat(status(signed(STRANGER, claims))).as("another key").isEqualTo(401);
        assertThat(status(new PlainJWT(claims).serialize())).as("alg: none").isEqualTo(401);
        assertThat(status(signed(new MACSigner(publicKey), JWSAlgorithm.HS256, claims)))
                .as("the public key in the place of a secret")
                .isEqualTo(401);
        String good = signed(KEY, claims);
        assertThat(status(good.substring(0, good.lastIndexOf('.') + 1)))
                .as("no signature")
                .isEqualTo(401);
    }

    @Test
    void aSecretSignsWhereThereAreNoPublicKeys(@TempDir Path dir) throws JOSEException {
        try (Served own = Served.start(
                dir,
                Map.of(
                        "hone.security.auth", "true",
                        "hone.security.admin-key-variable", "HONE_TEST_NOT_SET",
                        "hone.security.jwt.issuer", ISSUER,
                        "hone.security.jwt.audience", AUDIENCE,
                        "hone.security.jwt.secret", "env:HONE_TEST_JWT_SECRET"))) {
            JWTClaimsSet claims = claims().claim("tenant", "acme")
                    .claim("roles", "viewer reviewer")
                    .build();
            String good = signed(new MACSigner(System.getenv("HONE_TEST_JWT_SECRET")), JWSAlgorithm.HS256, claims);
            String bad = signed(new MACSigner("x".repeat(32)), JWSAlgorithm.HS256, claims);

            assertThat(own.with(good).post(CHECK, Map.of("text", "x")).status()).isEqualTo(200);
            assertThat(own.with(bad).post(CHECK, Map.of("text", "x")).status()).isEqualTo(401);
            assertThat(own.with(signed(KEY, claims))
                            .post(CHECK, Map.of("text", "x"))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void settingsThatLeaveOpenWhoseTokensAreTakenAreRefused(@TempDir Path dir) {
        Map<String, Object> half = Map.of(
                "hone.security.auth", "true",
                "hone.security.jwt.issuer", ISSUER,
                "hone.security.jwt.jwks-url", "http://127.0.0.1:1/keys");
        Map<String, Object> shown = Map.of(
                "hone.security.auth",
                "true",
                "hone.security.jwt.issuer",
                ISSUER,
                "hone.security.jwt.audience",
                AUDIENCE,
                "hone.security.jwt.secret",
                "in-the-file");

        assertThatThrownBy(() -> Served.start(dir.resolve("half"), half).close())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("audience");
        assertThatThrownBy(() -> Served.start(dir.resolve("shown"), shown).close())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("env:")
                .hasMessageNotContaining("in-the-file");
    }
}
