package dev.hone.broker;

import dev.hone.broker.BrokerException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A Zeebe broker of our own: one partition, on the loopback interface, durable in one directory.
 *
 * <p>It runs in a child process that ends with this one, however this one ends. After a crash the next start on the same
 * directory goes on where it was, and hands out again the jobs that were being worked on.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final long NEEDED_BYTES = 128L << 20;
    private static final int PORT_TRIES = 5;

    /** What the settings of the child process say. */
    private static final long PAUSES_BELOW_BYTES = 64L << 20;

    private final ChildProcess child;
    private final URI gateway;
    private final Path data;

    private EmbeddedBroker(ChildProcess child, URI gateway, Path data) {
        this.child = child;
        this.gateway = gateway;
        this.data = data;
    }

    public static EmbeddedBroker start(Path data) {
        return start(data, BrokerOptions.defaults());
    }

    /**
     * Returns when the broker takes commands. That is about two seconds, one more the first time on a machine.
     *
     * @param data made if it does not exist; belongs to one broker at a time
     * @throws BrokerException when the directory is in use or not writable, the disk is full, or the broker does not start
     */
    public static EmbeddedBroker start(Path data, BrokerOptions options) {
        Path directory = data.toAbsolutePath().normalize();
        try {
            Files.createDirectories(directory);
            Disk.require(directory, NEEDED_BYTES, "run the broker", "choose another data directory");
            Path jars = PackedBroker.unpackedIn(options.cache());
            for (int attempt = 1; ; attempt++) {
                ChildProcess child = ChildProcess.launch(jars, directory, options);
                switch (await(child, options)) {
                    case Started.Ready(int port) -> {
                        child.watch();
                        return new EmbeddedBroker(child, URI.create("http://127.0.0.1:" + port), directory);
                    }
                    case Started.Held(long pid) -> throw inUse(directory, pid);
                    case Started.Failed(String code, String message) -> {
                        child.kill();
                        // Between choosing a free port and binding it, another process can take it.
                        if (!code.equals("BIND") || attempt == PORT_TRIES) {
                            throw notStarted(child, message, null);
                        }
                    }
                }
            }
        } catch (IOException error) {
            throw new BrokerException(
                    Kind.NOT_WRITABLE,
                    "The broker's data directory " + directory + " cannot be used: " + error + ".",
                    "Make it writable, or choose another one.",
                    error);
        }
    }

    /** Why the broker takes no commands at the moment, when its disk is nearly full; it goes on when there is room. */
    public Optional<String> pause() {
        try {
            long free = Files.getFileStore(data).getUsableSpace();
            return free >= PAUSES_BELOW_BYTES
                    ? Optional.empty()
                    : Optional.of("the broker pauses, as there are only " + (free >> 20) + " MB free on the disk of "
                            + data + " and it needs " + (PAUSES_BELOW_BYTES >> 20) + " MB.");
        } catch (IOException e) {
            return Optional.empty(); // the child process meets the same, and says so
        }
    }

    /** Where clients connect, such as {@code http://127.0.0.1:41231}; changes with every start. */
    public URI gatewayAddress() {
        return gateway;
    }

    /** The broker's process id. */
    public long pid() {
        return child.pid();
    }

    /** What the broker has to say; nothing of it goes to the console. */
    public Path log() {
        return child.log();
    }

    /** Stops the broker in order, in half a second; the directory is free when this returns. */
    @Override
    public void close() {
        child.stop();
    }

    private static Started await(ChildProcess child, BrokerOptions options) {
        CompletableFuture<Started> started = child.started();
        try {
            return started.get(options.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            child.kill();
            throw notStarted(child, "it was not ready after " + options.startTimeout(), late);
        } catch (InterruptedException interrupted) {
            child.kill();
            Thread.currentThread().interrupt();
            throw notStarted(child, "the start was interrupted", interrupted);
        } catch (ExecutionException error) {
            child.kill();
            throw notStarted(child, String.valueOf(error.getCause()), error);
        }
    }

    private static BrokerException inUse(Path directory, long pid) {
        return new BrokerException(
                Kind.DIRECTORY_IN_USE,
                "The data directory " + directory + " is in use by process " + pid + ".",
                "Stop that process, or choose another data directory.");
    }

    private static BrokerException notStarted(ChildProcess child, String why, @Nullable Throwable cause) {
        return new BrokerException(
                Kind.NOT_STARTED,
                "The broker did not start: " + why + ".",
                "Its log says more: " + child.log() + " and " + child.console() + ".",
                cause);
    }
}
