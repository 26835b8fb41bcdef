package dev.hone.server.webhooks;

import dev.hone.server.store.Webhook;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as Standard Webhooks 1.0 says: HMAC-SHA256 over id, time and body. A webhook's secret is derived from the master key,
 * the webhook's id and the number of the rotation.
 */
@Singleton
final class Signatures {

    private static final String HMAC = "HmacSHA256";
    private static final String SECRET = "whsec_";

    private final MasterKey master;

    Signatures(MasterKey master) {
        this.master = master;
    }

    /** As its receiver is told: {@code whsec_} and 32 bytes in Base64. */
    String secret(Webhook webhook) {
        return SECRET + Base64.getEncoder().encodeToString(key(webhook, webhook.version()));
    }

    private byte[] key(Webhook webhook, int version) {
        return hmac(master.bytes(), "hone webhook " + webhook.id() + " " + version);
    }

    /** The header {@code webhook-signature}: of the present secret, and of the one before while it holds. */
    String sign(Webhook webhook, String id, Instant now, String body) {
        String signed = id + "." + now.getEpochSecond() + "." + body;
        boolean both = webhook.version() > 1
                && webhook.earlierUntil().filter(now::isBefore).isPresent();
        return (both ? Stream.of(webhook.version(), webhook.version() - 1) : Stream.of(webhook.version()))
                .map(version -> "v1," + Base64.getEncoder().encodeToString(hmac(key(webhook, version), signed)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
