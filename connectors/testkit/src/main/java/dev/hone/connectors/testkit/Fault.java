package dev.hone.connectors.testkit;

import dev.hone.connectors.api.ConnectorException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What can be wrong with an answer over HTTP, and what a connector must make of it. */
public enum Fault {

    // what a server says of a request
    BAD_REQUEST(status(400), refused(Kind.BAD_INPUT)),
    UNAUTHORIZED(status(401), refused(Kind.DENIED)),
    FORBIDDEN(status(403), refused(Kind.DENIED)),
    NOT_FOUND(status(404), refused(Kind.UNKNOWN)),
    REQUEST_TIMEOUT(status(408), refused(Kind.BUSY)),
    TOO_LARGE(status(413), refused(Kind.BAD_INPUT)),
    TOO_MANY(status(429), refused(Kind.BUSY)),
    TOO_MANY_FOR_NOW(status(429, "Retry-After: 7\r\n"), refusedFor(Duration.ofSeconds(7))),
    TOO_MANY_SINCE_LONG(status(429, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n"), refusedFor(Duration.ZERO)),
    TOO_MANY_FOR_YEARS(status(429, "Retry-After: 400000000\r\n"), refusedFor(Duration.ofSeconds(400_000_000))),
    TOO_MANY_SOON(status(429, "Retry-After: soon\r\n"), refused(Kind.BUSY)),
    SERVER_ERROR(status(500), refused(Kind.BUSY)),
    BAD_GATEWAY(status(502), refused(Kind.BUSY)),
    UNAVAILABLE(status(503, "Retry-After: 3\r\n"), refusedFor(Duration.ofSeconds(3))),
    GATEWAY_TIMEOUT(status(504), refused(Kind.BUSY)),
    OVERLOADED(status(529), refused(Kind.BUSY)),
    REDIRECT(status(307, "Location: http://127.0.0.1:1/v1\r\n"), refused(Kind.BROKEN)),

    // how a connection ends
    RESET(Wire::reset, refused(Kind.LOST)),
    RESET_IN_BODY(
            wire -> {
                wire.answerPart(wire.reply().length(), half(wire.reply()));
                wire.reset();
            },
            refused(Kind.LOST)),
    HANGUP(wire -> {}, refused(Kind.LOST)),
    HANGUP_IN_HEAD(wire -> wire.raw("HTTP/1.1 200 OK\r\nContent-Ty"), refused(Kind.LOST)),
    TRUNCATED(wire -> wire.answerPart(wire.reply().length(), half(wire.reply())), refused(Kind.LOST)),
    TRUNCATED_CHUNKS(wire -> wire.answerOneChunk(half(wire.reply())), refused(Kind.LOST)),

    // how slowly it comes
    SILENCE(Wire::silence, refused(Kind.TIMEOUT)),
    SLOW_HEAD(
            wire -> {
                wire.raw("HTTP/1.1 200 OK\r\nX-Slow: ");
                wire.drip("x");
            },
            refused(Kind.TIMEOUT)),
    SLOW_BODY(
            wire -> {
                wire.head(200, "");
                wire.drip(" ");
            },
            refused(Kind.TIMEOUT)),

    // what is no answer
    NOT_HTTP(wire -> wire.raw("220 mail.example ESMTP\r\n\r\n"), refused(Kind.BROKEN)),
    ENDLESS_HEAD(Wire::headEndlessly, refused(Kind.BROKEN)),
    ENDLESS_BODY(Wire::answerEndlessly, refused(Kind.BROKEN)),
    ABSURD_LENGTH(wire -> wire.answerPart(Long.MAX_VALUE, wire.reply()), refused(Kind.BROKEN)),
    EMPTY(body(""), refused(Kind.BROKEN)),
    MALFORMED(wire -> wire.answer(200, "", half(wire.reply())), refused(Kind.BROKEN)),
    HTML(body("<html><body>It works!</body></html>"), refused(Kind.BROKEN)),
    NULL(body("null"), refused(Kind.BROKEN)),
    LIST(body("[1, 2]"), refused(Kind.BROKEN)),
    NOTHING_IN_IT(body("{}"), refused(Kind.BROKEN)),
    DEEP(body("[".repeat(200_000)), refused(Kind.BROKEN)),
    ERROR_AS_SUCCESS(body("{\"error\": {\"message\": \"out of memory\"}}"), refused(Kind.BROKEN)),

    // what is odd and can be read
    UNKNOWN_FIELDS(
            wire -> wire.answer(200, "", wire.reply().replaceFirst("\\{", "{\"surprise\": [{\"a\": null}], ")),
            answered()),
    SLOW_START(
            wire -> {
                wire.raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                for (int i = 0; i < 8; i++) {
                    wire.raw(" ");
                }
                wire.raw(wire.reply());
            },
            answered());

    /** What a server does with a request. */
    @FunctionalInterface
    interface Deed {
        void on(Wire wire) throws IOException;
    }

    /**
     * What must come of it.
     *
     * @param kind of the refusal; empty when there is an answer
     * @param after what the server asks for
     */
    public record Expected(Optional<Kind> kind, Optional<Duration> after) {}

    private final Deed deed;
    private final Expected expected;

    Fault(Deed deed, Expected expected) {
        this.deed = deed;
        this.expected = expected;
    }

    Deed deed() {
        return deed;
    }

    public Expected expected() {
        return expected;
    }

    private static Deed status(int status) {
        return status(status, "");
    }

    private static Deed status(int status, String headers) {
        return wire -> wire.answer(status, headers, ChatJson.error("the server's reason", ""));
    }

    private static Deed body(String body) {
        return wire -> wire.answer(200, "", body);
    }

    private static Expected refused(Kind kind) {
        return new Expected(Optional.of(kind), Optional.empty());
    }

    private static Expected refusedFor(Duration wait) {
        return new Expected(Optional.of(Kind.BUSY), Optional.of(wait));
    }

    private static Expected answered() {
        return new Expected(Optional.empty(), Optional.empty());
    }

    private static String half(String text) {
        return text.substring(0, text.length() / 2);
    }
}
