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

    private final ServerSocket listening;
    private final String reply;
    private final Supplier<Fault.Deed> next;
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

    private HostileServer(String reply, Random random) {
        this.reply = reply;
        this.next = () -> drawn(random);
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
        return new HostileServer(reply, new Random(seed));
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
            if (!readRequest(client.getInputStream())) {
                return;
            }
            requests.incrementAndGet();
            arrived.release();
            next.get().on(new Wire(client, reply, closing));
        } catch (IOException gone) {
            left.release();
        }
    }

    private Fault.Deed scripted() {
        Fault fault = script.poll();
        return fault == null ? HostileServer::answer : fault.deed();
    }

    /** One in two is met well; a fault is as likely as any other. */
    private synchronized Fault.Deed drawn(Random random) {
        int delay = random.nextInt(LONGEST_DELAY_MILLIS);
        Fault.Deed deed = random.nextBoolean()
                ? HostileServer::answer
                : Fault.values()[random.nextInt(Fault.values().length)].deed();
        return wire -> {
            wire.pause(delay);
            deed.on(wire);
        };
    }

    private static void answer(Wire wire) throws IOException {
        wire.answer(200, "", wire.reply());
    }

    /** Reads a request to its end; false when the client left without one. */
    private static boolean readRequest(InputStream stream) throws IOException {
        InputStream in = new BufferedInputStream(stream);
        if (line(in).isEmpty()) {
            return false;
        }
        int length = 0;
        for (String header; !(header = line(in)).isEmpty(); ) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Math.min(
                        LONGEST_BODY, Integer.parseInt(header.substring(15).strip()));
            }
        }
        return in.readNBytes(length).length == length;
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
