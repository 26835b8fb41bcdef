package dev.hone.connectors.external;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A trainer behind an address on this machine: it makes one job of equal keys, and says of it what it is told to say. */
final class TrainerServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer; status 200 with JSON unless it is another. */
    record Answer(int status, String body) {}

    final List<JsonNode> posted = new CopyOnWriteArrayList<>();
    final List<String> deleted = new CopyOnWriteArrayList<>();
    final List<String> looked = new CopyOnWriteArrayList<>();
    private final Map<String, String> jobs = new ConcurrentHashMap<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Answer last;
    private final HttpServer server;

    /** @param answers to the looks at a job, one after the other; the last of them again and again */
    TrainerServer(Answer... answers) throws IOException {
        this.answers.addAll(List.of(answers));
        this.last = answers[answers.length - 1];
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/jobs", this::answer);
        server.start();
    }

    static Answer says(String body) {
        return new Answer(200, body);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jobs";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Answer answer = switch (exchange.getRequestMethod()) {
            case "POST" -> post(exchange);
            case "DELETE" -> {
                deleted.add(path);
                yield says("{}");
            }
            default -> {
                looked.add(path);
                Answer next = answers.poll();
                yield next == null ? last : next;
            }
        };
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer post(HttpExchange exchange) throws IOException {
        if (!("Bearer " + System.getenv("HONE_TEST_KEY"))
                .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return new Answer(401, "{\"message\": \"no key\"}");
        }
        posted.add(JSON.readTree(exchange.getRequestBody()));
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        String id = jobs.computeIfAbsent(key, unknown -> "job-" + (jobs.size() + 1));
        return new Answer(202, "{\"id\": \"" + id + "\", \"state\": \"queued\"}");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
