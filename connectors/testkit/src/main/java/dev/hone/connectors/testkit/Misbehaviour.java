package dev.hone.connectors.testkit;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What an {@link OpenAiServer} does instead of answering one request. */
public sealed interface Misbehaviour {

    /**
     * Answers with {@code code}.
     *
     * @param body sent as it is, as {@code application/json}
     */
    record Status(int code, Map<String, String> headers, String body) implements Misbehaviour {
        public Status {
            headers = Map.copyOf(headers);
        }

        /** An error in the shape that OpenAI and its imitators share. */
        public static Status error(int code, String message) {
            return new Status(code, Map.of(), ChatJson.error(message, ""));
        }
    }

    /** Answers 200 with a body that need not be a chat completion. */
    record Body(String text) implements Misbehaviour {}

    /** Says nothing until {@code gate} opens, then answers as usual. */
    record Hold(CountDownLatch gate) implements Misbehaviour {}

    /**
     * Answers 200 and then one blank every few milliseconds, until {@code gate} opens (then the reply follows) or the
     * client goes away (then {@link OpenAiServer#hangups()} counts it).
     */
    record Drip(CountDownLatch gate) implements Misbehaviour {}

    /** Closes the connection without a word. */
    record Hangup() implements Misbehaviour {}
}
