package dev.hone.connectors.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A server on loopback whose answers are wrong in every way that is known, byte for byte: in the order of a script, or drawn
 * from a seed. Every request that meets no fault gets the same good answer. A connection serves one request.
 */
public final class HostileServer implements AutoCloseable {

    private static final int LONGEST_LINE = 64 << 10;
    private static final int LONGEST_BODY = 4 << 20;
    private static final int LONGEST_DELAY_MILLIS = 20;

    /**
     * A request as it was met.
     *
     * @param body of the request
     * @param fault none for a good answer
     * @param sent whether the client was still there when the last byte was sent
     */
    public record Met(String body, Optional<Fault> fault, boolean sent) {}

    private record Draw(Optional<Fault> fault, int delayMillis) {}

    private final ServerSocket listening;
    private final String reply;
    private final Supplier<Draw> next;
    private final Queue<Met> met = new ConcurrentLinkedQueue<>();
    private final Queue<Fault> script = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore left = new Semaphore(0);

    private HostileServer(String reply) {
        this.reply = reply;
        this.next = this::scripted;
        this.listening = listen();
        threads.execute(this::serve);
    }

    private HostileServer(String reply, Random random, List<Fault> faults) {
        this.reply = reply;
        this.next = () -> drawn(random, faults);
        this.listening = listen();
        threads.execute(this::serve);
    }

    /**
     * Meets each request as {@link #next(Fault)} says.
     *
     * @param reply the body of a good answer
     */
    public static HostileServer answering(String reply) {
        return new HostileServer(reply);
    }

    /** Draws for each request a delay, and then a fault or a good answer. The same seed draws in the same order. */
    public static HostileServer drawing(long seed, String reply) {
        return drawing(seed, reply, List.of(Fault.values()));
    }

    /** The same, with these faults only. */
    public static HostileServer drawing(long seed, String reply, List<Fault> faults) {
        return new HostileServer(reply, new Random(seed), List.copyOf(faults));
    }

    /** The address to give to a client, for example {@code http://127.0.0.1:40123/v1}. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/v1");
    }

    /** Lets the next request meet {@code fault}; several calls queue up, one for each request. */
    public void next(Fault fault) {
        script.add(fault);
    }

    /** How many requests have arrived. */
    public int requests() {
        return requests.get();
    }

    /** The requests that were met so far. */
    public List<Met> met() {
        return List.copyOf(met);
    }

    /** Waits for a request; each is waited for once. Returns whether there was one within the time. */
    public boolean awaitRequest(long seconds) throws InterruptedException {
        return arrived.tryAcquire(seconds, TimeUnit.SECONDS);
    }

    /** Waits until a client has left before its answer was whole. Returns whether one has within the time. */
    public boolean awaitDeparture(long seconds) throws InterruptedException {
        return left.tryAcquire(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on loopback", e);
        }
    }

    private void serve() {
        while (closing.getCount() > 0) {
            try {
                Socket client = listening.accept();
                threads.execute(() -> meet(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void meet(Socket client) {
        try (client) {
            Optional<String> body = readRequest(client.getInputStream());
            if (body.isPresent()) {
                requests.incrementAndGet();
                arrived.release();
                meet(body.get(), next.get(), new Wire(client, reply, closing));
            }
        } catch (IOException gone) {
            left.release();
        }
    }

    private void meet(String body, Draw draw, Wire wire) throws IOException {
        boolean sent = false;
        try {
            wire.pause(draw.delayMillis());
            draw.fault().map(Fault::deed).orElse(HostileServer::answer).on(wire);
            sent = true;
        } finally {
            met.add(new Met(body, draw.fault(), sent));
        }
    }

    private Draw scripted() {
        return new Draw(Optional.ofNullable(script.poll()), 0);
    }

    /** One in two is met well; a fault is as likely as any other. */
    private synchronized Draw drawn(Random random, List<Fault> faults) {
        int delay = random.nextInt(LONGEST_DELAY_MILLIS);
        Optional<Fault> fault =
                random.nextBoolean() ? Optional.empty() : Optional.of(faults.get(random.nextInt(faults.size())));
        return new Draw(fault, delay);
    }

    private static void answer(Wire wire) throws IOException {
        wire.answer(200, "", wire.reply());
    }

    /** Reads a request to its end; empty when the client left without one. */
    private static Optional<String> readRequest(InputStream stream) throws IOException {
        InputStream in = new BufferedInputStream(stream);
        if (line(in).isEmpty()) {
            return Optional.empty();
        }
        int length = 0;
        for (String header; !(header = line(in)).isEmpty(); ) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Math.min(
                        LONGEST_BODY, Integer.parseInt(header.substring(15).strip()));
            }
        }
        byte[] body = in.readNBytes(length);
        return body.length == length ? Optional.of(new String(body, UTF_8)) : Optional.empty();
    }

    private static String line(InputStream in) throws IOException {
        byte[] line = new byte[LONGEST_LINE];
        int length = 0;
        for (int next; length < LONGEST_LINE && (next = in.read()) >= 0 && next != '\n'; ) {
            line[length++] = (byte) next;
        }
        return new String(line, 0, length, UTF_8).strip();
    }
}
