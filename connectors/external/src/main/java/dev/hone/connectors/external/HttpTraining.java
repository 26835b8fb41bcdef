package dev.hone.connectors.external;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Setting;
import dev.hone.connectors.common.Shown;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A training behind an address. The job is posted as {@code {"run", "step", "iteration", "seed", "settings", "data"}} with an
 * {@code Idempotency-Key}; the answer, and that of each {@code GET url/id} after it, is {@code {"id", "state", "metrics",
 * "heartbeat", "version", "score", "message"}}, where {@code state} is {@code queued}, {@code running}, {@code done} or
 * {@code failed} and {@code metrics} are all so far. An answer is a sign of life, unless it has a {@code heartbeat} that stays
 * the same. A job whose end nobody waits for is deleted.
 */
final class HttpTraining {

    private static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    private final Site site;
    private final Job job;
    private final URI address;
    private final Http http;
    private final CountDownLatch cancelled = new CountDownLatch(1);

    HttpTraining(Setting<Site> setting, Job job) throws ConnectorException {
        this.site = setting.value();
        this.job = job;
        this.address = site.address(setting);
        this.http = new Http(address, setting.secret(site.key()));
    }

    External.Output run(CallContext context) throws ConnectorException {
        long deadline = System.nanoTime() + context.timeout().toNanos();
        JsonNode status =
                http.send("POST", "", Optional.of(body()), Optional.of(job.key()), context, context.timeout());
        String id = status.path("id").asText();
        if (!id.matches(ID)) {
            throw broken("gave no 'id' of letters, digits, '.', '_' and '-'");
        }
        boolean over = false;
        try (Cancellation.Registration listening = context.cancellation().onCancel(cancelled::countDown)) {
            External.Output output = await(id, status, context, deadline);
            over = true;
            return output;
        } catch (Failed e) {
            over = true;
            throw broken("says that the training failed: " + http.redacted(Shown.line(e.words)));
        } finally {
            if (!over) {
                http.delete("/" + id);
            }
        }
    }

    /** The training says that it has failed. */
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final String words;

        Failed(String words) {
            this.words = words;
        }
    }

    private byte[] body() {
        ObjectNode body = job.head().deepCopy();
        ArrayNode data = body.putArray("data");
        job.lines().forEach(line -> data.addRawValue(new RawValue(line)));
        return Job.bytes(body);
    }

    private External.Output await(String id, JsonNode first, CallContext context, long deadline)
            throws ConnectorException, Failed {
        @Nullable JsonNode status = first;
        JsonNode heartbeat = first.path("heartbeat");
        long sign = System.nanoTime();
        while (true) {
            if (status != null) {
                switch (status.path("state").asText()) {
                    case "done" -> {
                        return result(status);
                    }
                    case "failed" -> throw new Failed(status.path("message").asText("no message"));
                    case "queued", "running" -> {
                        JsonNode next = status.path("heartbeat");
                        if (next.isMissingNode() || !next.equals(heartbeat)) {
                            heartbeat = next;
                            sign = System.nanoTime();
                        }
                    }
                    default -> throw broken("gave a 'state' that is not queued, running, done or failed");
                }
            }
            Duration silence = Duration.ofNanos(System.nanoTime() - sign);
            if (silence.compareTo(site.silence()) >= 0) {
                throw new ConnectorException(
                        Kind.TIMEOUT,
                        "the training " + id + " at " + address + " has shown no sign of life for " + site.silence(),
                        "see what became of it, or let the operator raise its heartbeat");
            }
            rest(id, context, deadline);
            status = look(id, context, site.silence().minus(silence));
        }
    }

    private External.Output result(JsonNode status) throws ConnectorException {
        Report report = new Report("the training at " + address);
        for (JsonNode metric : status.path("metrics")) {
            report.metric(metric);
        }
        return report.result(status);
    }

    /** Waits until the next look is due. */
    private void rest(String id, CallContext context, long deadline) throws ConnectorException {
        long left = deadline - System.nanoTime();
        boolean stop;
        try {
            stop = cancelled.await(Math.min(left, site.between().toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop = true;
        }
        if (stop) {
            throw new ConnectorException(
                    Kind.CANCELLED, "the training " + id + " at " + address + " was cancelled", "start the run again");
        }
        if (deadline - System.nanoTime() <= 0) {
            throw new ConnectorException(
                    Kind.TIMEOUT,
                    "the training " + id + " at " + address + " took longer than " + context.timeout(),
                    "train less, or in more steps");
        }
    }

    /** Null when there was no answer this time: the heartbeat bounds how often that may be. */
    private @Nullable JsonNode look(String id, CallContext context, Duration patience) throws ConnectorException {
        try {
            return http.send("GET", "/" + id, Optional.empty(), Optional.empty(), context, patience);
        } catch (ConnectorException e) {
            if (e.kind() == Kind.UNKNOWN) {
                throw new ConnectorException(
                        Kind.LOST, address + " knows nothing of the training " + id + " any more", "see its log");
            }
            if (e.kind().retryable() || e.kind() == Kind.TIMEOUT) {
                return null;
            }
            throw e;
        }
    }

    private ConnectorException broken(String what) {
        return new ConnectorException(
                Kind.BROKEN, address + " " + what, "check that a trainer is at this address, and its log");
    }
}
