package dev.hone.connectors.sandbox;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs in namespaces of their own; {@code jail.sh} says what is in them. */
final class Jail {

    private static final List<String> UNSHARE =
            List.of("unshare", "--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child");

    /** A user that no other process of the machine runs as, for engines that run as root; limits do not hold for root. */
    private static final String NOBODY_ELSE = "61184";

    private static final int KILLED = 137;
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** Whether this machine can make a sandbox; asked once, and again after it could not. */
    private static volatile boolean possible;

    private Jail() {}

    /**
     * Runs a program to its end, or until it reaches a limit.
     *
     * @param read directories to show beside the programs of the machine
     * @throws ConnectorException of kind UNKNOWN when this machine cannot make a sandbox; TIMEOUT and CANCELLED by the
     *     context; BROKEN when the disk is full
     */
    static Ended run(
            List<String> command, String stdin, WorkFiles files, List<String> read, Limits limits, CallContext context)
            throws ConnectorException {
        if (!possible) {
            check(context);
            possible = true;
        }
        return confined(command, stdin, files, read, limits, context);
    }

    private static void check(CallContext context) throws ConnectorException {
        Limits small = new Limits(30, 1L << 29, 16, 1, 10_000);
        Optional<Ended> ended = Optional.empty();
        if (System.getProperty("os.name").equals("Linux")) {
            try {
                ended = Optional.of(confined(List.of("true"), "", new WorkFiles(), List.of(), small, context));
            } catch (ConnectorException e) {
                if (e.kind() != Kind.UNKNOWN) {
                    throw e;
                }
            }
        }
        if (ended.isEmpty() || ended.get().exit() != 0) {
            String why = ended.map(end -> end.stderr().lines().findFirst().orElse(""))
                    .filter(line -> !line.isBlank())
                    .map(line -> ": " + line)
                    .orElse("");
            throw new ConnectorException(
                    Kind.UNKNOWN,
                    "this machine cannot make a sandbox" + why,
                    "run the engine on Linux with unshare, setpriv and prlimit (util-linux), where user namespaces are"
                            + " allowed; nothing runs without a sandbox");
        }
    }

    private static Ended confined(
            List<String> command, String stdin, WorkFiles files, List<String> read, Limits limits, CallContext context)
            throws ConnectorException {
        try {
            Path directory = Files.createTempDirectory("hone-sandbox");
            try {
                Path root = Files.createDirectory(directory.resolve("root"));
                Path given = Files.createDirectory(directory.resolve("files"));
                Path script = Files.write(directory.resolve("jail.sh"), script());
                files.write(given);
                ProcessBuilder builder = new ProcessBuilder(words(script, command));
                Map<String, String> environment = builder.environment();
                environment.clear();
                environment.put("PATH", PATH);
                environment.put("ROOT", root.toString());
                environment.put("FILES", given.toString());
                environment.put("READ", String.join("\n", read));
                environment.put("DISK", Integer.toString(limits.disk()));
                environment.put("MEMORY", Long.toString(limits.memory()));
                environment.put("PROCESSES", Integer.toString(limits.processes()));
                environment.put("SECONDS", Long.toString((long) Math.ceil(limits.seconds()) + 1));
                environment.put("BYTES", Long.toString(limits.disk() * (1L << 20)));
                environment.put("USER_ID", isRoot() ? NOBODY_ELSE : "");
                return attend(start(builder), stdin, limits, context);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.BROKEN,
                    "no room for a sandbox: " + e.getMessage(),
                    "make room in the directory for temporary files",
                    null,
                    e);
        }
    }

    private static List<String> words(Path script, List<String> command) throws IOException {
        List<String> words = new ArrayList<>(UNSHARE);
        if (!isRoot()) {
            words.addAll(List.of("--user", "--map-root-user"));
        }
        words.addAll(List.of("sh", script.toString()));
        words.addAll(command);
        return words;
    }

    private static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private static byte[] script() throws IOException {
        try (InputStream script = Jail.class.getResourceAsStream("jail.sh")) {
            return Objects.requireNonNull(script).readAllBytes();
        }
    }

    private static Process start(ProcessBuilder builder) throws ConnectorException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.UNKNOWN, "there is no unshare on this machine", "install util-linux", null, e);
        }
    }

    private static Ended attend(Process process, String stdin, Limits limits, CallContext context)
            throws ConnectorException {
        long given = (long) (limits.seconds() * 1e9);
        boolean shorter = context.timeout().compareTo(Duration.ofNanos(given)) < 0;
        long most = shorter ? context.timeout().toNanos() : given;
        // Unlike the process's own way, the handle's leaves open what was printed and is not read yet.
        Runnable kill = process.toHandle()::destroyForcibly;
        Captured out = new Captured(process.getInputStream(), limits.output(), kill);
        Captured err = new Captured(process.getErrorStream(), limits.output(), kill);
        Thread.ofVirtual().start(() -> feed(process, stdin));
        boolean ended;
        try (Cancellation.Registration listening = context.cancellation().onCancel(kill)) {
            ended = process.waitFor(most, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        } finally {
            kill.run(); // and with it everything in its namespace
        }
        if (context.cancellation().cancelled()) {
            throw cancelled();
        }
        if (!ended && shorter) {
            throw new ConnectorException(
                    Kind.TIMEOUT,
                    "a run in the sandbox took longer than " + context.timeout().toMillis() + " ms",
                    "give the step more time, or the code less to do");
        }
        String stdout = out.text();
        String stderr = err.text();
        Optional<String> stopped =
                !ended ? Optional.of("time") : out.full() || err.full() ? Optional.of("output") : Optional.empty();
        return new Ended(stopped.isPresent() ? KILLED : process.exitValue(), stdout, stderr, stopped);
    }

    private static ConnectorException cancelled() {
        return new ConnectorException(Kind.CANCELLED, "the run was cancelled", "start it again");
    }

    /** A program that does not read to the end is no mistake. */
    private static void feed(Process process, String stdin) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(stdin.getBytes(StandardCharsets.UTF_8));
        } catch (IOException deaf) {
            // It ended, or closed its input.
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
