package dev.hone.connectors.http;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Setting;
import dev.hone.connectors.common.Shown;
import dev.hone.connectors.common.Status;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** One call of a site: what it leads on to is followed, as long as the operator allows it. */
final class Exchange {

    private static final int MOST_REDIRECTS = 5;

    private final Setting<Site> setting;
    private final String method;
    private final Optional<Body> body;
    private final String key;
    private final URI site;
    private final List<URI> allowed;
    private final Optional<String> secret;
    private volatile Optional<HttpUriRequestBase> now = Optional.empty();
    private volatile boolean stopped;

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    Exchange(Setting<Site> setting, String method, Optional<Body> body, CallContext context) throws ConnectorException {
        this.setting = setting;
        this.method = method;
        this.body = body;
        String place = context.run() + "/" + context.element() + "/" + context.iteration();
        this.key =
                UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)).toString();
        this.site = setting.value().address(setting);
        this.allowed = setting.value().addresses(setting);
        this.secret = setting.secret(setting.value().key());
    }

    URI site() {
        return site;
    }

    /** Ends it, from another thread. */
    void stop() {
        stopped = true;
        now.ifPresent(HttpUriRequestBase::cancel);
    }

    HttpTool.Output ask(String path, Map<String, String> query) throws ConnectorException {
        URI target = Target.of(site, path, query);
        for (int redirects = 0; ; redirects++) {
            Answer answer = send(target);
            if (answer.status() / 100 == 2) {
                return Body.read(answer, site.toString());
            }
            if (!answer.leadsOn()) {
                throw Status.refused(
                        answer.status(),
                        answer.retryAfter(),
                        site + " answered " + answer.status() + ": "
                                + words(new String(answer.body(), StandardCharsets.UTF_8)));
            }
            target = next(target, answer.location().orElse(""));
            if (redirects == MOST_REDIRECTS) {
                throw broken(site + " leads on more than " + MOST_REDIRECTS + " times");
            }
        }
    }

    /** Where an answer leads, if it may. */
    private URI next(URI from, String location) throws ConnectorException {
        URI target;
        try {
            target = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw broken(site + " leads on to what is no address: " + words(location));
        }
        if (!List.of("GET", "HEAD").contains(method)) {
            throw broken(
                    site + " leads a " + method + " on to " + words(target.toString()) + ", which is not followed");
        }
        if (allowed.stream().noneMatch(address -> Target.below(target, address))) {
            throw broken(site + " leads on to " + words(target.toString()) + ", which " + setting.variable()
                    + " does not allow");
        }
        return target;
    }

    private Answer send(URI target) throws ConnectorException {
        HttpUriRequestBase request = new HttpUriRequestBase(method, target);
        request.setHeader("Accept", "*/*");
        request.setHeader("Accept-Encoding", "identity");
        setting.value().headers().orElse(Map.of()).forEach(request::setHeader);
        if (!List.of("GET", "HEAD").contains(method)) {
            request.setHeader("Idempotency-Key", key);
        }
        if (secret.isPresent() && Target.sameOrigin(target, site)) {
            Optional<String> header = setting.value().keyHeader();
            request.setHeader(
                    header.orElse("Authorization"), header.isPresent() ? secret.get() : "Bearer " + secret.get());
        }
        body.ifPresent(sent -> request.setEntity(new ByteArrayEntity(sent.bytes(), ContentType.parse(sent.type()))));
        now = Optional.of(request);
        if (stopped) {
            request.cancel();
        }
        try {
            return (setting.value().allowPrivate().orElse(false) ? Wire.ANYWHERE : Wire.PUBLIC)
                    .execute(request, this::read);
        } catch (IOException e) {
            throw noAnswer(e, target);
        }
    }

    private Answer read(ClassicHttpResponse response) throws IOException {
        byte[] bytes = new byte[0];
        Optional<ContentType> type = Optional.empty();
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            type = Optional.ofNullable(ContentType.parseLenient(entity.getContentType()));
            int most = setting.value().mostBytes();
            if (entity.getContentLength() <= most) {
                bytes = entity.getContent().readNBytes(most + 1);
            }
            if (entity.getContentLength() > most || bytes.length > most) {
                now.ifPresent(HttpUriRequestBase::cancel); // or else the rest would be read, and thrown away
                throw new TooLarge();
            }
        }
        return new Answer(
                response.getCode(),
                type.map(known -> known.getMimeType().toLowerCase(Locale.ROOT)).orElse(""),
                type.map(ContentType::getCharset).map(Object::toString).orElse("UTF-8"),
                header(response, "Location"),
                header(response, "Retry-After"),
                bytes);
    }

    private static Optional<String> header(ClassicHttpResponse response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    private ConnectorException noAnswer(IOException e, URI target) {
        return switch (e) {
            case Pinned.Private unused ->
                problem(
                        Kind.DENIED,
                        target.getHost() + ", where " + site + " is, has a private address",
                        "if that is meant, the operator says \"allowPrivate\": true in " + setting.variable());
            case UnknownHostException unused ->
                problem(Kind.UNREACHABLE, "nobody knows the host of " + site, "correct the url, or the network");
            case ConnectTimeoutException unused ->
                problem(Kind.UNREACHABLE, "nothing answers at " + site, "see whether it is there");
            case ConnectException unused ->
                problem(Kind.UNREACHABLE, "nothing answers at " + site, "see whether it is there");
            case TooLarge unused ->
                problem(
                        Kind.BROKEN,
                        site + " sent more than " + setting.value().mostBytes() + " bytes",
                        "ask for less, or the operator says more \"kibibytes\" in " + setting.variable());
            case SSLException unused -> noHttp(e);
            case ConnectionClosedException unused -> lost(e);
            case ClientProtocolException unused when e.getCause() instanceof ParseException -> lost(e);
            case ClientProtocolException unused -> noHttp(e);
            case MalformedChunkCodingException unused -> noHttp(e);
            case MessageConstraintException unused -> noHttp(e);
            default -> lost(e);
        };
    }

    private ConnectorException noHttp(IOException e) {
        return broken(site + " did not answer in HTTP as expected: " + words(String.valueOf(e.getMessage())));
    }

    private ConnectorException lost(IOException e) {
        return new ConnectorException(
                Kind.LOST, site + " closed the connection before it had answered", "see its log", null, e);
    }

    private ConnectorException broken(String what) {
        return problem(
                Kind.BROKEN,
                what,
                "let the operator correct " + setting.variable() + ", or see what is at this address");
    }

    /** What the server says may hold the key. */
    private String words(String text) {
        return Shown.line(secret.map(value -> text.replace(value, "***")).orElse(text));
    }

    private static ConnectorException problem(Kind kind, String what, String fix) {
        return new ConnectorException(kind, what, fix);
    }
}
