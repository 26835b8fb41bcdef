package dev.hone.server.webhooks;

import dev.hone.connectors.http.Pinned;
import dev.hone.connectors.http.Wire;
import dev.hone.server.store.Attempt;
import dev.hone.server.store.Messages.Claimed;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Makes one attempt: a request to the very addresses that were looked at, which follows nothing and reads next to nothing. */
@Singleton
final class Sender {

    private static final int MOST_READ = 4 << 10;

    private final Signatures signatures;
    private final Receiver receiver;
    private final WebhookSettings settings;
    private final Set<HttpPost> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean broken;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("hone-webhook-watch").factory());

    Sender(Signatures signatures, Receiver receiver, WebhookSettings settings) {
        this.signatures = signatures;
        this.receiver = receiver;
        this.settings = settings;
    }

    /** Blocks until there is an answer, none any more, or the time is over. */
    Attempt send(Claimed claimed) {
        String id = claimed.message().id();
        int n = claimed.message().attempts();
        Instant began = Instant.now();
        HttpPost request = request(claimed, began);
        underWay.add(request);
        ScheduledFuture<?> end =
                watch.schedule(request::cancel, settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            int status = (receiver.mayBePrivate() ? Wire.ANYWHERE : Wire.PUBLIC)
                    .execute(request, response -> read(response, request));
            return new Attempt(
                    id,
                    n,
                    began,
                    since(began),
                    Optional.of(status),
                    status / 100 == 2 ? Optional.empty() : Optional.of("the receiver answered " + status));
        } catch (IOException e) {
            return new Attempt(id, n, began, since(began), Optional.empty(), Optional.of(words(e, request)));
        } finally {
            underWay.remove(request);
            end.cancel(false);
        }
    }

    private HttpPost request(Claimed claimed, Instant now) {
        String id = claimed.message().id();
        String body = claimed.message().body();
        HttpPost request = new HttpPost(URI.create(claimed.webhook().url()));
        request.setHeader("webhook-id", id);
        request.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
        request.setHeader("webhook-signature", signatures.sign(claimed.webhook(), id, now, body));
        request.setHeader("User-Agent", "Hone");
        request.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
        return request;
    }

    /** Of the answer the status alone counts; a long one is cut off. */
    private static int read(ClassicHttpResponse response, HttpPost request) throws IOException {
        if (response.getEntity() != null
                && response.getEntity().getContent().readNBytes(MOST_READ).length == MOST_READ) {
            request.cancel();
        }
        return response.getCode();
    }

    private static int since(Instant began) {
        return (int) Math.min(
                Integer.MAX_VALUE, Duration.between(began, Instant.now()).toMillis());
    }

    private String words(IOException e, HttpPost request) {
        return request.isCancelled()
                ? broken
                        ? "it was broken off, as the server stopped"
                        : "there was no answer within " + settings.timeout().toMillis() + " ms"
                : switch (e) {
                    case Pinned.Private unused -> "the receiver's name leads to an address that is not public";
                    case UnknownHostException unused -> "nobody knows the receiver's name";
                    case ConnectTimeoutException unused -> "nothing answers there";
                    case SocketTimeoutException unused -> "the answer did not come in time";
                    default -> "the connection failed: " + e.getClass().getSimpleName();
                };
    }

    /** Breaks off all that is under way. */
    void breakOff() {
        broken = true;
        underWay.forEach(HttpPost::cancel);
    }

    @PreDestroy
    void close() {
        watch.shutdownNow();
    }
}
