package dev.hone.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.MalformedURLException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import javax.crypto.spec.SecretKeySpec;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Takes the JWTs of one issuer for one audience: signed with a key of the issuer's, with an expiry that is not over, a
 * subject, and a tenant. Roles that are not ours count nothing.
 */
@Singleton
final class JwtValidator implements TokenValidator<HttpRequest<?>> {

    private static final System.Logger LOG = System.getLogger(JwtValidator.class.getName());

    private static final Set<JWSAlgorithm> PUBLIC = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Set<String> REQUIRED = Set.of("exp", "sub");
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int LARGEST = 256 << 10;
    private static final int LEAST_SECRET_BYTES = 32;
    private static final int LONGEST = 200;

    private final Optional<DefaultJWTProcessor<SecurityContext>> processor;
    private final SecuritySettings settings;
    private final Scheduler blocking;

    /** @throws EngineException when the settings leave open whose tokens are taken */
    JwtValidator(
            SecuritySettings settings,
            JwtSettings jwt,
            Variables variables,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.settings = settings;
        this.processor = jwt.configured() ? Optional.of(processor(jwt, variables)) : Optional.empty();
        this.blocking = Schedulers.fromExecutorService(blocking);
    }

    private static DefaultJWTProcessor<SecurityContext> processor(JwtSettings jwt, Variables variables) {
        if (jwt.issuer() == null || jwt.audience() == null || (jwt.jwksUrl() == null) == (jwt.secret() == null)) {
            throw refused(
                    "the settings hone.security.jwt leave open whose tokens are taken.",
                    "Set issuer, audience, and one of jwks-url and secret.");
        }
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(
                jwt.jwksUrl() == null
                        ? new SingleKeyJWSKeySelector<>(
                                JWSAlgorithm.HS256, new SecretKeySpec(secret(jwt, variables), "HmacSHA256"))
                        : new JWSVerificationKeySelector<>(PUBLIC, keys(jwt.jwksUrl())));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                jwt.audience(), new JWTClaimsSet.Builder().issuer(jwt.issuer()).build(), REQUIRED));
        return processor;
    }

    private static JWKSource<SecurityContext> keys(java.net.URI url) {
        try {
            return JWKSourceBuilder.<SecurityContext>create(
                            url.toURL(), new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, LARGEST))
                    .retrying(true)
                    .build();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw refused(
                    "hone.security.jwt.jwks-url is no address: " + url + ".", "Write one that begins with https://.");
        }
    }

    private static byte[] secret(JwtSettings jwt, Variables variables) {
        String variable = jwt.secretVariable()
                .orElseThrow(() -> refused(
                        "hone.security.jwt.secret is not the name of a secret.", "Write env:NAME_OF_A_VARIABLE."));
        byte[] secret = variables.find(variable).orElse("").getBytes(StandardCharsets.UTF_8);
        if (secret.length < LEAST_SECRET_BYTES) {
            throw refused(
                    "the secret in " + variable + " has " + secret.length + " bytes, too few to sign with.",
                    "Set it to " + LEAST_SECRET_BYTES + " random bytes or more.");
        }
        return secret;
    }

    private static EngineException refused(String what, String fix) {
        return new EngineException(List.of(Problem.of(ProblemCode.BAD_SETTING, what, fix)));
    }

    @Override
    public Publisher<Authentication> validateToken(String token, HttpRequest<?> request) {
        return processor
                .filter(there -> !token.startsWith("hone_"))
                .map(there -> Mono.fromCallable(() -> caller(there, token).map(Caller::authentication))
                        .subscribeOn(blocking)
                        .flatMap(Mono::justOrEmpty))
                .orElse(Mono.empty());
    }

    private Optional<Caller> caller(DefaultJWTProcessor<SecurityContext> known, String token) {
        try {
            JWTClaimsSet claims = known.process(token, null);
            String tenant = claims.getStringClaim(settings.tenantClaim());
            String subject = claims.getSubject();
            if (tenant == null || tenant.isBlank() || tenant.length() > LONGEST || !isAName(subject)) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "a token without a tenant, or with the name of another, was refused");
                return Optional.empty();
            }
            return Optional.of(new Caller(subject, tenant, Role.implied(roles(claims)), Optional.empty(), false));
        } catch (ParseException | BadJOSEException e) {
            LOG.log(System.Logger.Level.DEBUG, "a token was refused: {0}", e.getMessage());
            return Optional.empty();
        } catch (JOSEException e) {
            LOG.log(System.Logger.Level.WARNING, "a token cannot be checked: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Not the name that the operator or a key has in the audit log. */
    private static boolean isAName(String subject) {
        return !subject.isBlank()
                && subject.length() <= LONGEST
                && !Caller.OURS.contains(subject)
                && !subject.startsWith(Caller.KEY);
    }

    /** A list of words, or a text with spaces between them; a dot in the claim's name leads into an object. */
    private List<String> roles(JWTClaimsSet claims) {
        Object value = claims.getClaims();
        for (String step : claims.getClaim(settings.rolesClaim()) != null
                ? new String[] {settings.rolesClaim()}
                : settings.rolesClaim().split("\\.")) {
            value = value instanceof java.util.Map<?, ?> map ? map.get(step) : null;
        }
        List<String> words = new ArrayList<>();
        switch (value) {
            case String text -> words.addAll(List.of(text.split(" ")));
            case List<?> list -> list.forEach(word -> words.add(String.valueOf(word)));
            case null, default -> {}
        }
        return words;
    }
}
