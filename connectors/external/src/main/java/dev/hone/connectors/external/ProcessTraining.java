package dev.hone.connectors.external;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Shown;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A training in a process of its own. It is started in an empty directory, reads the job as one line of JSON from its
 * standard input and the data from the file that the job names in {@code data}, and writes lines of JSON to its standard
 * output: {@code {"heartbeat": ...}}, {@code {"metric": {...}}}, at last {@code {"done": {"version": ..., "score": ...}}} or
 * {@code {"failed": "why"}}.
 */
final class ProcessTraining {

    private static final List<String> ALWAYS = List.of("PATH", "HOME", "LANG");
    private static final int LONGEST_LINE = 4 << 20;
    private static final int LINES_AHEAD = 1_000;
    private static final Duration LEAVE = Duration.ofSeconds(5);
    private static final int SIGNALLED = 128;

    private final Site site;
    private final Job job;
    private final UnaryOperator<String> variables;
    private final Report report;
    private final String program;

    ProcessTraining(Site site, Job job, UnaryOperator<String> variables) {
        this.site = site;
        this.job = job;
        this.variables = variables;
        this.program =
                Path.of(site.command().orElseThrow().getFirst()).getFileName().toString();
        this.report = new Report("the training " + program);
    }

    External.Output run(CallContext context) throws ConnectorException {
        long deadline = System.nanoTime() + context.timeout().toNanos();
        try {
            Path directory = Files.createTempDirectory("hone-training");
            try {
                Path data = Files.write(directory.resolve("data.jsonl"), job.lines());
                Process process = start(directory);
                try {
                    tell(process, data);
                    return listen(process, context, deadline);
                } finally {
                    kill(process);
                }
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.BROKEN,
                    "no room for a training: " + Shown.line(String.valueOf(e.getMessage())),
                    "make room in the directory for temporary files",
                    null,
                    e);
        }
    }

    private Process start(Path directory) throws ConnectorException {
        ProcessBuilder builder = new ProcessBuilder(site.command().orElseThrow()).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        Stream.concat(ALWAYS.stream(), passed()).forEach(name -> {
            String value = variables.apply(name);
            if (value != null) {
                environment.put(name, value);
            }
        });
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.BROKEN,
                    "the program " + program + " cannot be started",
                    "the operator has to correct the command of the trainer",
                    null,
                    e);
        }
    }

    private Stream<String> passed() {
        return site.environment().orElse(List.of()).stream();
    }

    /** One that does not listen may end before it has heard everything; what it says is what counts. */
    private void tell(Process process, Path data) {
        try (OutputStream in = process.getOutputStream()) {
            in.write((job.head().deepCopy().put("data", data.toString()) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException deaf) {
            // Its end, or its silence, is noticed where it is listened to.
        }
    }

    private External.Output listen(Process process, CallContext context, long deadline) throws ConnectorException {
        BlockingQueue<Lines.Said> said = new ArrayBlockingQueue<>(LINES_AHEAD);
        Lines.Last errors = new Lines.Last();
        Thread.ofVirtual().start(() -> Lines.read(process.getInputStream(), LONGEST_LINE, said));
        Thread err = Thread.ofVirtual().start(() -> errors.read(process.getErrorStream()));
        try (Cancellation.Registration listening = context.cancellation().onCancel(() -> {
            kill(process);
            said.offer(new Lines.End());
        })) {
            while (true) {
                long silent = System.nanoTime() + site.silence().toNanos();
                boolean late = deadline - silent < 0;
                Lines.Said next = said.poll((late ? deadline : silent) - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (context.cancellation().cancelled()) {
                    throw cancelled();
                }
                switch (next) {
                    case null -> throw late ? tooLong(context) : silent();
                    case Lines.TooLong tooLong ->
                        throw report.broken("wrote a line of more than " + LONGEST_LINE + " bytes");
                    case Lines.End end -> throw died(process, err, errors);
                    case Lines.Line(String line) -> {
                        JsonNode message = parsed(line);
                        if (message.has("done")) {
                            External.Output output = report.result(message.path("done"));
                            process.waitFor(LEAVE.toMillis(), TimeUnit.MILLISECONDS);
                            return output;
                        }
                        if (message.has("failed")) {
                            throw report.broken("failed: "
                                    + Shown.line(redacted(message.path("failed").asText())));
                        }
                        if (message.has("metric")) {
                            report.metric(message.path("metric"));
                        } else if (!message.has("heartbeat")) {
                            throw report.broken("wrote what is no heartbeat, metric, done or failed: "
                                    + Shown.line(redacted(line)));
                        }
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        }
    }

    private JsonNode parsed(String line) throws ConnectorException {
        try {
            return Job.JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw report.broken("wrote a line that is no JSON: " + Shown.line(redacted(line)));
        }
    }

    /** It has closed its output without being done. */
    private ConnectorException died(Process process, Thread err, Lines.Last errors) throws InterruptedException {
        if (!process.waitFor(LEAVE.toMillis(), TimeUnit.MILLISECONDS)) {
            return report.broken("closed its output without being done");
        }
        err.join(LEAVE);
        int code = process.exitValue();
        String last = redacted(errors.text());
        String words = last.isEmpty() ? "" : "; it wrote: " + last;
        return code > SIGNALLED
                ? new ConnectorException(
                        Kind.LOST,
                        "the training " + program + " was killed by signal " + (code - SIGNALLED) + words,
                        "see who ended it; often there is too little memory")
                : report.broken("ended with code " + code + " without being done" + words);
    }

    /** What the process says may hold what it was given. */
    private String redacted(String text) {
        return passed().map(variables)
                .filter(value -> value != null && value.length() > 3)
                .reduce(text, (left, value) -> left.replace(value, "***"));
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            directory.toFile().deleteOnExit();
        }
    }

    private ConnectorException cancelled() {
        return new ConnectorException(
                Kind.CANCELLED, "the training " + program + " was cancelled", "start the run again if wanted");
    }

    private ConnectorException tooLong(CallContext context) {
        return new ConnectorException(
                Kind.TIMEOUT,
                "the training " + program + " took longer than " + context.timeout(),
                "train less, or in more steps");
    }

    private ConnectorException silent() {
        return new ConnectorException(
                Kind.TIMEOUT,
                "the training " + program + " has said nothing for " + site.silence(),
                "let it write a heartbeat more often, or let the operator raise its heartbeat");
    }
}
