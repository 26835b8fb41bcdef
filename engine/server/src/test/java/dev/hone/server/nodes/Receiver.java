package dev.hone.server.nodes;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Receives webhooks: refuses some messages the first time, and answers none before it is let. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Map<String, Integer> came = new HashMap<>();
    private final Map<String, Integer> answered = new HashMap<>();

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                String id = exchange.getRequestHeaders().getFirst("webhook-id");
                boolean refused = count(came, id) == 1 && id.hashCode() % 3 == 0;
                boolean unused = gate.await(1, TimeUnit.MINUTES);
                exchange.sendResponseHeaders(refused ? 503 : 204, -1);
                if (!refused) {
                    count(answered, id);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    private synchronized int count(Map<String, Integer> where, String id) {
        return where.merge(id, 1, Integer::sum);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Answers from now on. */
    void open() {
        gate.countDown();
    }

    /** How often each message came, by its id. */
    synchronized Map<String, Integer> came() {
        return Map.copyOf(came);
    }

    /** Those that a sender could hear the receipt of. */
    synchronized Map<String, Integer> answered() {
        return Map.copyOf(answered);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
