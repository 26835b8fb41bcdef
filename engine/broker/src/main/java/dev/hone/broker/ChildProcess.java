package dev.hone.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The broker's process, and the lines it speaks with us: {@code STOP} to it, events from it. */
final class ChildProcess {

    private static final long STOP_SECONDS = 15;

    private final Process process;
    private final Path data;
    private final BrokerOptions options;
    private final CompletableFuture<Started> started = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile boolean asked;
    private volatile boolean watched;

    private ChildProcess(Process process, Path data, BrokerOptions options) {
        this.process = process;
        this.data = data;
        this.options = options;
    }

    static ChildProcess launch(Path jars, Path data, BrokerOptions options) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // The JVM ignores an archive that does not fit it, so the name only has to keep several JDKs apart.
        Path classes = jars.resolve("java-" + Runtime.version() + ".jsa");
        boolean archived = Files.exists(classes);
        List<String> command = new ArrayList<>(List.of(
                java,
                archived ? "-XX:SharedArchiveFile=" + classes : "-XX:+RecordDynamicDumpInfo",
                archived ? "-Xshare:auto" : "-Dhone.class.archive=" + classes,
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx" + options.heapMb() + "m",
                "-XX:MaxDirectMemorySize=256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=" + data.resolve("broker-crash-%p.log"),
                "-jar",
                jars.resolve("hone-broker-child.jar").toString(),
                data.toString()));
        options.onPassage().ifPresent(listener -> command.add("passages"));
        ProcessBuilder builder = new ProcessBuilder(command);
        Path natives = Files.createDirectories(data.resolve("native"));
        builder.environment().keySet().removeIf(name -> name.startsWith("ZEEBE_") || name.equals("JAVA_TOOL_OPTIONS"));
        // Else RocksDB leaves a copy of its library in the temporary directory after every kill.
        builder.environment().put("ROCKSDB_SHAREDLIB_DIR", natives.toString());
        builder.redirectError(Redirect.to(data.resolve("broker-console.log").toFile()));
        ChildProcess child = new ChildProcess(builder.start(), data, options);
        Thread.ofPlatform().daemon().name("hone-broker-events").start(child::listen);
        return child;
    }

    CompletableFuture<Started> started() {
        return started;
    }

    /** From now on the end of the process is news. */
    void watch() {
        watched = true;
    }

    long pid() {
        return process.pid();
    }

    Path log() {
        return data.resolve("broker.log.0");
    }

    Path console() {
        return data.resolve("broker-console.log");
    }

    /** Orderly, or by force after {@value #STOP_SECONDS} seconds; force loses nothing either. */
    void stop() {
        asked = true;
        try {
            OutputStream orders = process.getOutputStream();
            orders.write("STOP\n".getBytes(StandardCharsets.UTF_8));
            orders.flush();
            stopped.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            kill();
            Thread.currentThread().interrupt();
        } catch (Exception deadOrStuck) {
            kill();
        }
    }

    void kill() {
        asked = true;
        process.destroyForcibly();
        process.onExit().join();
    }

    private void listen() {
        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                on(line);
            }
        } catch (IOException broken) {
            // The pipe breaks with the process.
        }
        started.complete(new Started.Failed("EXIT", "its process ended at once"));
        stopped.complete(null);
        if (watched && !asked) {
            options.onDeath()
                    .accept("The embedded broker, process " + process.pid() + ", ended by itself. Its log says more: "
                            + log() + " and " + console() + ".");
        }
    }

    private void on(String line) {
        String[] f = Arrays.stream(line.split(" ", -1))
                .map(field -> URLDecoder.decode(field, StandardCharsets.UTF_8))
                .toArray(String[]::new);
        switch (f[0]) {
            case "READY" -> started.complete(new Started.Ready(Integer.parseInt(f[1])));
            case "FAILED" ->
                started.complete(
                        f[1].equals("HELD") ? new Started.Held(Long.parseLong(f[2])) : new Started.Failed(f[1], f[2]));
            case "STOPPED" -> stopped.complete(null);
            case "INCIDENT" ->
                options.onIncident()
                        .accept(new Incident(
                                Long.parseLong(f[1]),
                                Long.parseLong(f[2]),
                                f[3],
                                f[4],
                                Long.parseLong(f[5]),
                                f[6],
                                f[7]));
            case "PASSAGE" ->
                options.onPassage()
                        .ifPresent(listener -> listener.accept(new Passage(Long.parseLong(f[1]), f[2], f[3])));
            default -> {}
        }
    }
}
