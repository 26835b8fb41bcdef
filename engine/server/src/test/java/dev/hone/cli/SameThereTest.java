package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.work.Json;
import dev.hone.server.Samples;
import dev.hone.server.Served;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A command says the same here and on a server. */
@Tag("slow")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameThereTest {

    @TempDir
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private Served server;

    private Place here = new Place("", "");
    private Place there = new Place("", "");

    /** @param run one that has ended; {@code task} of one that waits */
    private record Place(String run, String task) {}

    @BeforeAll
    void begin() throws Exception {
        server = Served.start(directory.resolve("served"), Map.of());
        write("rounds.yaml", Samples.ROUNDS);
        write("impatient.yaml", Samples.ROUNDS.replace("round >= enough", "round >= 1"));
        write("gate.yaml", Samples.GATE);
        write("haiku.yaml", Samples.HAIKU);
        write("bad.yaml", Samples.HAIKU.replace("voice\"", "voices\"").replace("role: writer", "role: writre"));
        write("voice.json", "{\"voice\": 7}");
        write("plain.json", "{\"voice\": \"plain\"}");
        here = begun(false);
        there = begun(true);
    }

    @AfterAll
    void end() {
        server.close();
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(directory.resolve(name), text);
    }

    private Place begun(boolean remote) throws Exception {
        Command.Ended ended = hone(remote, "run", "rounds.yaml", "--json");
        assertThat(ended.exit()).as(ended.err()).isEqualTo(Exit.DONE);
        Command.Ended waiting = hone(remote, "run", "gate.yaml");
        assertThat(waiting.exit()).as(waiting.err()).isEqualTo(Exit.WAITING);
        return new Place(
                Json.read(ended.out()).path("run").asText(),
                Json.read(hone(remote, "tasks", "--json").out()).at("/0/task").asText());
    }

    /** With nobody at the keyboard. Here an engine needs a process of its own; a server needs none but its own. */
    private Command.Ended hone(boolean remote, String... words) throws Exception {
        List<String> all = new ArrayList<>();
        for (String word : words) {
            all.add(word.matches(".*[.](yaml|json)") ? directory.resolve(word).toString() : word);
        }
        all.addAll(
                remote
                        ? List.of("--server", server.address().toString())
                        : List.of("--data-dir", directory.resolve("data").toString()));
        boolean looks =
                Set.of("show", "runs").contains(words[0]) || all.get(0).equals("tasks") && !all.contains("answer");
        if (looks || remote && !all.contains(directory.resolve("gate.yaml").toString())) {
            return Command.here(all.toArray(String[]::new));
        }
        Process process = Command.start(directory, all.toArray(String[]::new));
        process.getOutputStream().close();
        return Command.end(process);
    }

    /** In this order: the answer is given last. */
    static List<String> commands() {
        return List.of(
                "run haiku.yaml --input plain.json",
                "run haiku.yaml --input plain.json --json --seed 2",
                "run haiku.yaml --input voice.json",
                "run haiku.yaml --input plain.json --model writer=nobody/m",
                "run bad.yaml --input plain.json",
                "show RUN",
                "show RUN --json",
                "replay RUN",
                "replay RUN --rules impatient.yaml",
                "replay RUN --rules bad.yaml",
                "resume nothing",
                "runs",
                "tasks",
                "tasks --json",
                "tasks answer TASK perhaps",
                "tasks answer TASK yes",
                "tasks answer TASK yes --json");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theSameIsSaid(String command) throws Exception {
        Command.Ended local = hone(false, words(command, here));
        Command.Ended remote = hone(true, words(command, there));

        assertThat(plain(remote.out())).as(remote.err()).isEqualTo(plain(local.out()));
        assertThat(plain(remote.err())).isEqualTo(plain(local.err()));
        assertThat(remote.exit()).isEqualTo(local.exit());
        assertThat(remote.out() + remote.err()).isNotBlank().doesNotContain("\tat ", "Exception");
    }

    private static String[] words(String command, Place place) {
        return command.replace("RUN", place.run()).replace("TASK", place.task()).split(" ");
    }

    /** Without what no two runs have in common. */
    private static String plain(String text) {
        return text.replaceAll("(?m)^WARNING: .*\\R", "") // of the virtual machine
                .replaceAll("\\b[0-9a-z]{8}-[0-9a-z]{2,5}\\b *", "RUN ")
                .replaceAll(" *\\d+\\.\\d+ s\\b", " SECONDS")
                .replaceAll("(\"seconds\" ?: ?)[0-9.E-]+", "$1SECONDS")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(\\.\\d+Z)?", "TIME");
    }
}
