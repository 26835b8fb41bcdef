package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hone.server.Guarded;
import dev.hone.server.Samples;
import dev.hone.server.Served;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can go wrong between a command and a server. */
@Tag("slow")
@Timeout(180)
class ServerOptionTest {

    @TempDir
    Path directory;

    private String gate = "";

    @BeforeEach
    void writeWorkflow() throws IOException {
        gate = Files.writeString(directory.resolve("gate.yaml"), Samples.GATE).toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs", "tasks", "show x", "resume x", "replay x", "tasks answer x/y yes", "run GATE"})
    void aServerThatIsNotThereIsAProblem(String command) throws IOException {
        String words = command.replace("GATE", gate) + " --server http://127.0.0.1:" + freePort();

        Command.Ended ended = Command.here(words.split(" "));

        assertThat(ended.exit()).isEqualTo(Exit.FAILED);
        assertThat(ended.err())
                .contains("SERVER_UNREACHABLE: the server at http://127.0.0.1:", "nothing listens there", "hone serve")
                .doesNotContain("asked again", "\tat ");
    }

    @Test
    void aServerOfSomethingElseIsAProblem() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            boolean odd = exchange.getRequestURI().getPath().endsWith("runs");
            byte[] page = "<html>Welcome!</html>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(odd ? 200 : 404, page.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(page);
            }
        });
        other.start();
        try {
            String address = "http://127.0.0.1:" + other.getAddress().getPort();
            Command.Ended page = Command.here("runs", "--server", address);
            Command.Ended missing = Command.here("tasks", "--server", address);

            assertThat(page.exit()).isEqualTo(Exit.FAILED);
            assertThat(page.err()).contains("SERVER_UNREACHABLE", "is no Hone server: its answer is not JSON");
            assertThat(missing.exit()).isEqualTo(Exit.FAILED);
            assertThat(missing.err()).contains("GET /api/v1/tasks was answered with 404, text/html");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void theKeyIsReadFromTheEnvironmentAndNeverSaid() throws Exception {
        String address = Guarded.nobody().address().toString();
        String secret = "hone_0123456789abcdef_nobodyKnowsThisKey";

        Command.Ended known = Command.here("runs", "--server", address, "--key-variable", Guarded.VARIABLE);
        Command.Ended without = Command.here("runs", "--server", address);
        Command.Ended unset = Command.here("runs", "--server", address, "--key-variable", "HONE_TEST_NO_SUCH_KEY");
        Command.Ended wrong = Command.end(Command.start(
                directory, Map.of("OTHER_KEY", secret), "runs", "--server", address, "--key-variable", "OTHER_KEY"));
        Command.Ended told = Command.here("runs", "--server", address, "--key-variable", secret);
        Command.Ended inAddress = Command.here("runs", "--server", address.replace("//", "//me:" + secret + "@"));

        assertThat(known.exit()).as(known.err()).isEqualTo(Exit.DONE);
        assertThat(without.err()).contains("NOT_AUTHENTICATED", "wants a key", "HONE_KEY is not set");
        assertThat(unset.err()).contains("NOT_AUTHENTICATED", "HONE_TEST_NO_SUCH_KEY", "is not set");
        assertThat(wrong.err()).contains("NOT_AUTHENTICATED", "does not know the key in OTHER_KEY");
        assertThat(told.err()).contains("BAD_SETTING", "not the name of an environment variable");
        assertThat(inAddress.err()).contains("BAD_SETTING", "a key is not part of it");
        for (Command.Ended refused : new Command.Ended[] {without, unset, wrong, told, inAddress}) {
            assertThat(refused.exit()).isEqualTo(Exit.REFUSED);
            assertThat(refused.out() + refused.err()).doesNotContain(secret, "\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--data-dir d",
                "--zeebe http://localhost:1",
                "--trusted",
                "--prices p",
                "--limits l",
                "--tenant t"
            })
    void whatIsUpToTheOperatorDoesNotGoWithAServer(String option) {
        String words = "run " + gate + " --server http://127.0.0.1:1 " + option;

        Command.Ended ended = Command.here(words.split(" "));

        assertThat(ended.exit()).isEqualTo(Exit.USAGE);
        assertThat(ended.err()).contains(option.split(" ")[0] + " does not go with --server");
    }

    @Test
    void aKeyWithoutAServerIsAMistake() {
        Command.Ended ended = Command.here("runs", "--key-variable", "HONE_KEY");

        assertThat(ended.exit()).isEqualTo(Exit.USAGE);
        assertThat(ended.err()).contains("Name the server with --server");
    }

    @Test
    void manyCasesAreForEval() {
        Command.Ended ended = Command.here("run", "refine", "--server", "http://127.0.0.1:1");

        assertThat(ended.exit()).isEqualTo(Exit.REFUSED);
        assertThat(ended.err()).contains("NOT_ALLOWED", "hone eval", "--input");
    }

    @Test
    void aSignalCancelsTheRunThere() throws Exception {
        Process client = Command.start(
                directory,
                "run",
                gate,
                "--seed",
                "7",
                "--server",
                Served.shared().address().toString());
        Command.until(client, "yes or no:");
        client.toHandle().destroy(); // takes the same way as Ctrl+C

        Command.Ended ended = Command.end(client);

        assertThat(ended.exit()).as(ended.err()).isEqualTo(Exit.CANCELLED);
        assertThat(ended.out()).contains("stop      cancelled: the run was cancelled");
    }

    @Test
    @Timeout(400)
    void aServerThatIsKilledAndStartedAgainIsWaitedFor() throws Exception {
        String port = Integer.toString(freePort());
        String[] serve = {"serve", "--port", port, "--data-dir", "served"};
        Process first = served(serve);
        Process client = Command.start(directory, "run", gate, "--server", "http://127.0.0.1:" + port);
        Command.until(client, "yes or no:");
        first.destroyForcibly().waitFor();
        Command.until(client, "The server does not answer. It is asked again");
        Process second = served(serve);
        try {
            client.getOutputStream().write("yes\n".getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().flush();
            Command.Ended ended = Command.end(client);

            assertThat(ended.exit()).as(ended.err()).isEqualTo(Exit.DONE);
            assertThat(ended.err()).contains("answered").doesNotContain("asks a person", "\tat ");
            assertThat(ended.out()).contains("best  ", "stop      completed");
        } finally {
            second.destroyForcibly().waitFor();
        }
    }

    /** Returns when it listens. */
    private Process served(String... words) throws IOException {
        Process process = Command.start(directory, words);
        process.errorReader().close();
        String line = process.inputReader().readLine();
        assertThat(line).contains("Hone listens on");
        return process;
    }
}
