package dev.hone.examples.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.NewEvent;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.Json;
import dev.hone.server.Configuration;
import dev.hone.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.LogManager;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What requests to a server cost while its ledger holds 100,000 runs: wrk asks for a run, for pages of the list at its beginning
 * and deep in it, for events, and starts runs.
 */
public final class ServerBenchmark {

    private static final int RUNS = Integer.getInteger("hone.benchmark.runs", 100_000);
    private static final int SECONDS = Integer.getInteger("hone.benchmark.seconds", 10);
    private static final int WRITERS = 16;

    private static final String WORKFLOW = """
            hone: 1
            name: NAME
            flow:
              - exec: {tool: listprog-run, in: {program: reverse, cases: [{in: [1, 2], out: [2, 1]}]}, out: ran}
            """;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private ServerBenchmark() {}

    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset(); // numbers only
        Path data = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "benchmark-");
        System.out.println("Requests to a server. " + Machine.describe(data));
        List<String> runs = fill(data);
        Map<String, Object> flags = Map.of("hone.port", "0", "hone.data-dir", data.toString());
        try (Server server = Server.start(Configuration.of(flags, Optional.empty()))) {
            URI address = server.address();
            ask(
                    address.resolve("/api/v1/workflows"),
                    Json.object().put("text", workflow("short")).toString());
            String middle = cursor(address, RUNS / 2);
            System.out.printf("%n| request | requests/s | p50 | p99 |%n|---|---:|---:|---:|%n");
            for (int warm = 0; warm < 2; warm++) {
                measure("", 2, address.resolve("/api/v1/runs?limit=50"), Optional.empty());
            }
            row("get a run", address.resolve("/api/v1/runs/" + runs.get(RUNS / 3)));
            row("list 50 runs, the first page", address.resolve("/api/v1/runs?limit=50"));
            row(
                    "list 50 runs, behind " + RUNS / 2 + " others",
                    address.resolve("/api/v1/runs?limit=50&after=" + middle));
            row(
                    "list 50 runs of a workflow that ended by a rule",
                    address.resolve("/api/v1/runs?workflow=past&stop=RULE"));
            row("events of a run", address.resolve("/api/v1/runs/" + runs.getFirst() + "/events"));
            Path script = Files.writeString(data.resolve("start.lua"), """
                    wrk.method = "POST"
                    wrk.headers["Content-Type"] = "application/json"
                    wrk.body = '{"workflow": "short"}'
                    """);
            measure("start a run", SECONDS, address.resolve("/api/v1/runs"), Optional.of(script));
            System.out.println(Machine.resident(
                    ProcessHandle.current().pid(),
                    ProcessHandle.current().children().findFirst().orElseThrow().pid()));
        }
    }

    private static String workflow(String name) {
        return WORKFLOW.replace("NAME", name);
    }

    /** One run as the engine writes it, and again and again under other names; every other one ended by a rule. */
    private static List<String> fill(Path data) throws Exception {
        long start = System.nanoTime();
        Instant first = Instant.now().minusSeconds(RUNS);
        RunRecord done;
        List<RunEvent> events;
        try (Engine engine = Engine.open(EngineOptions.at(data))) {
            String run =
                    engine.start(engine.deploy(new Source("past.yaml", workflow("past"))), RunRequest.withoutInputs());
            RunResult unused = engine.await(run);
            done = engine.run(run);
            events = engine.events(run);
        }
        List<String> ids = new ArrayList<>();
        try (Ledger ledger = Ledger.open(data);
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> written = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                String id = "past-" + i;
                ids.add(id);
                RunRecord run = new RunRecord(id, "past", done.program(), done.setup(), first.plusSeconds(i));
                String stop = i % 2 == 0 ? "RULE" : "COMPLETED";
                written.add(writers.submit(() -> {
                    ledger.createRun(run);
                    events.forEach(event -> ledger.append(id, like(event, id, stop)));
                }));
            }
            for (var one : written) {
                Object unused = one.get();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d runs of %d events written in %.0f s, a file of %d MB%n",
                RUNS,
                events.size(),
                (System.nanoTime() - start) / 1e9,
                Files.size(data.resolve("ledger.mv.db")) >> 20);
        return ids;
    }

    private static NewEvent like(RunEvent event, String run, String stop) {
        String body = event.body().replace(event.run(), run).replace("\"COMPLETED\"", "\"" + stop + "\"");
        return new NewEvent(event.element(), event.iteration(), event.attempt(), event.kind(), body);
    }

    /** Of the page behind so many runs. */
    private static String cursor(URI address, int behind) throws Exception {
        String next = "";
        for (int seen = 0; seen < behind; seen += 200) {
            JsonNode page = Json.read(
                    ask(address.resolve("/api/v1/runs?limit=200" + (next.isEmpty() ? "" : "&after=" + next)), null));
            next = page.path("next").asText();
        }
        return next;
    }

    private static String ask(URI uri, @Nullable String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    private static void row(String name, URI uri) throws Exception {
        measure(name, SECONDS, uri, Optional.empty());
    }

    private static void measure(String name, int seconds, URI uri, Optional<Path> script) throws Exception {
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c8", "-d" + seconds + "s", "--latency"));
        script.ifPresent(file -> command.addAll(List.of("-s", file.toString())));
        command.add(uri.toString());
        Process wrk;
        try {
            wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException("wrk is not on the PATH; install the package wrk of the distribution", e);
        }
        String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0 || said.contains("Non-2xx")) {
            throw new IOException(uri + ": " + said);
        }
        if (!name.isEmpty()) {
            System.out.printf(
                    "| %s | %s | %s | %s |%n",
                    name,
                    found(said, "Requests/sec:\\s+(\\S+)"),
                    found(said, "(?m)^\\s+50%\\s+(\\S+)"),
                    found(said, "(?m)^\\s+99%\\s+(\\S+)"));
        }
    }

    private static String found(String said, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(said);
        return matcher.find() ? matcher.group(1) : "?";
    }
}
