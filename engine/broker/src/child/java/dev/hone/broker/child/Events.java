package dev.hone.broker.child;

import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the parent hears on the standard output: one line each, a word and its URL-encoded fields. */
final class Events {

    private final PrintStream out;

    private Events(PrintStream out) {
        this.out = out;
    }

    /** From here on the standard output is ours alone; whatever a library prints goes to the standard error. */
    static Events takeStandardOutput() {
        Events events = new Events(System.out);
        System.setOut(System.err);
        return events;
    }

    void ready(int gatewayPort) {
        say("READY", gatewayPort);
    }

    void failed(String code, String message) {
        say("FAILED", code, message);
    }

    void stopped() {
        say("STOPPED");
    }

    void incident(
            long key, long instanceKey, String processId, String elementId, long jobKey, String type, String message) {
        say("INCIDENT", key, instanceKey, processId, elementId, jobKey, type, message);
    }

    void passage(long instanceKey, String processId, String flowId) {
        say("PASSAGE", instanceKey, processId, flowId);
    }

    private synchronized void say(String word, Object... fields) {
        out.println(Arrays.stream(fields)
                .map(f -> URLEncoder.encode(String.valueOf(f), StandardCharsets.UTF_8))
                .collect(Collectors.joining(" ", word + " ", "")));
        out.flush();
    }
}
