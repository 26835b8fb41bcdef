package dev.hone.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.EngineException;
import dev.hone.engine.work.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Server-sent events, as the specification has them, over as many connections as it takes: after a cut it goes on behind the
 * last event that has an id.
 */
final class EventStream {

    /** A server tells that it is there more often than that. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    /** @param name empty for events that have none */
    interface Hearer {
        void hear(String name, JsonNode data);
    }

    private final Wire wire;
    private final String path;
    private final Predicate<String> lastOnes;
    private final Hearer hearer;
    private String id = "";
    private String name = "";
    private volatile long heard;
    private volatile boolean closed;

    /** @param lastOnes whether events of a name are the last ones, if nothing comes behind them */
    EventStream(Wire wire, String path, Predicate<String> lastOnes, Hearer hearer) {
        this.wire = wire;
        this.path = path;
        this.lastOnes = lastOnes;
        this.hearer = hearer;
    }

    /**
     * Tells of all events, and returns when there are no more, or it was closed.
     *
     * @throws EngineException when the server refuses, or is away for too long
     */
    void read() {
        while (!closed) {
            try {
                var stream = wire.open(path, headers());
                if (stream.isEmpty()) {
                    return;
                }
                read(stream.get());
                if (lastOnes.test(name)) {
                    return;
                }
                throw new IOException("it has ended the stream of events");
            } catch (IOException e) {
                if (!closed) {
                    wire.awaitReturn(e);
                }
            }
        }
    }

    /** Nothing more is told. */
    void close() {
        closed = true;
    }

    private Map<String, String> headers() {
        return id.isEmpty()
                ? Map.of("Accept", "text/event-stream")
                : Map.of("Accept", "text/event-stream", "Last-Event-ID", id);
    }

    private void read(InputStream stream) throws IOException {
        heard = System.nanoTime();
        Thread watchman = Thread.ofVirtual().name("hone-silence").start(() -> watch(stream));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            Block block = new Block();
            for (String line; !closed && (line = lines.readLine()) != null; ) {
                heard = System.nanoTime();
                if (line.isEmpty()) {
                    tell(block);
                    block = new Block();
                } else {
                    block.add(line);
                }
            }
        } finally {
            watchman.interrupt();
        }
    }

    /** Cuts a connection that nobody is at the other end of. */
    private void watch(InputStream stream) {
        try {
            while (System.nanoTime() - heard < SILENCE.toNanos()) {
                Thread.sleep(SILENCE.dividedBy(4));
            }
            stream.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Then it is closed already.
        }
    }

    private void tell(Block block) throws IOException {
        if (block.data.isEmpty()) {
            return;
        }
        JsonNode data = Json.parse(block.data.toString())
                .orElseThrow(() -> new IOException("it has sent an event that is not JSON"));
        hearer.hear(block.name, data);
        if (!block.id.isEmpty()) {
            id = block.id;
        }
        if (!block.id.isEmpty() || lastOnes.test(block.name)) {
            name = block.name;
        }
    }

    /** The lines of one event. */
    private static final class Block {

        private String id = "";
        private String name = "";
        private final StringBuilder data = new StringBuilder();

        void add(String line) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                default -> {} // comments, and fields of later times
            }
        }
    }
}
