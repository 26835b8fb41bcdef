package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.RunResult;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every workflow of the catalogue, killed with -9 in its middle, comes to the end that it would have come to. */
@Tag("slow")
@Timeout(300)
class KillTest {

    @TempDir
    Path directory;

    /** What does not depend on when, and in which process, a run was run. */
    private record End(String stop, Optional<Object> best, Map<String, Object> measured) {

        static End of(RunResult result) {
            Map<String, Object> measured = new TreeMap<>(result.measured());
            measured.remove("seconds");
            return new End(
                    result.stop().kind() + " " + result.stop().rule().orElse(""),
                    result.best().map(RunResult.Best::value),
                    measured);
        }
    }

    @Test
    void whatWasKilledEndsAsIfItHadNotBeen() throws Exception {
        Map<String, Integer> middles = new TreeMap<>();
        Map<String, End> undisturbed = undisturbed(middles);

        Map<String, String> runs = killedInTheMiddle(middles);

        Map<String, End> killed = new TreeMap<>();
        try (Engine engine = Engine.open(EngineOptions.at(directory.resolve("killed")))) {
            for (Map.Entry<String, String> run : runs.entrySet()) {
                killed.put(run.getKey(), End.of(engine.await(run.getValue())));
            }
        }
        assertThat(killed).isEqualTo(undisturbed);
    }

    private static List<String> names() {
        return Catalogue.entries().stream()
                .filter(entry -> entry.cases().isPresent())
                .map(Catalogue.Entry::name)
                .toList();
    }

    /** @param middles is filled with half the number of events of each run */
    private Map<String, End> undisturbed(Map<String, Integer> middles) throws InterruptedException {
        Map<String, End> ends = new TreeMap<>();
        try (Engine engine = Engine.open(EngineOptions.at(directory.resolve("undisturbed")))) {
            Map<String, String> runs = new HashMap<>();
            names().forEach(name -> runs.put(name, FirstCase.of(name).start(engine)));
            for (Map.Entry<String, String> run : runs.entrySet()) {
                ends.put(run.getKey(), End.of(engine.await(run.getValue())));
                middles.put(run.getKey(), engine.events(run.getValue()).size() / 2);
            }
        }
        return ends;
    }

    /** @return the runs that were begun, by the workflow's name */
    private Map<String, String> killedInTheMiddle(Map<String, Integer> middles) throws Exception {
        Map<String, String> runs = new HashMap<>();
        Set<String> held = new HashSet<>();
        Process process = Held.fork(directory.resolve("killed"), middles);
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            while (held.size() < middles.size()) {
                String[] words = Objects.requireNonNull(said.readLine(), "the process ended")
                        .split(" ");
                switch (words[0]) {
                    case "started" -> runs.put(words[1], words[2]);
                    case "held" -> held.add(words[1]);
                    default -> throw new IllegalStateException("it said " + words[0]);
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return runs;
    }
}
