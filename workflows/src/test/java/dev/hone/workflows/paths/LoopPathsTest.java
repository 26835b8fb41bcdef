package dev.hone.workflows.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.engine.work.Json;
import dev.hone.workflows.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every sequence flow of the loops of the catalogue is taken by some run, with chat models that are asked by the workflows' own
 * prompts in the place of the local ones.
 */
@Tag("slow")
@Timeout(120)
class LoopPathsTest {

    private static final String RIGHT = "negate | swap-neighbours";
    private static final String WRONG = "reverse";

    @TempDir
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static World world;

    @BeforeAll
    static void open() throws Exception {
        world = new World(directory);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @Test
    void reflexion() throws Exception {
        List<RunResult> results = cover(
                "reflexion",
                text("reflexion"),
                task("reflexion", chat(() -> RIGHT, "")),
                task("reflexion", chat(() -> WRONG, "{\"kind\": \"rewrite\", \"text\": \"Begin anew.\"}"))
                        .with("trials", 2),
                task("reflexion", chat(() -> WRONG, "The digits are not changed."))
                        .with("trials", 2));

        assertThat(results)
                .extracting(result -> result.stop().rule().orElse("none"))
                .containsExactly("passes", "none", "none");
        assertThat(results.getFirst().measured()).containsEntry("sound", Json.node(1));
        assertThat(results.getLast().flags()).hasSize(1);
    }

    @Test
    void selfContrast() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        List<String> different = List.of("reverse", "double", "square | unique", "take3");
        List<RunResult> results = cover(
                "self-contrast",
                text("self-contrast"),
                task("self-contrast", chat(() -> RIGHT, "")),
                task(
                                "self-contrast",
                                chat(
                                        () -> different.get(answers.getAndIncrement() % 4),
                                        "Only the first changes the order."))
                        .with("rounds", 2));

        assertThat(results)
                .extracting(result -> result.best().orElseThrow().accepted())
                .containsExactly(true, false);
    }

    /** Narrow, so that what comes after what is certain. */
    @Test
    void treeSearch() throws Exception {
        String text = Files.readString(Path.of("src/main/resources/dev/hone/workflows/tree-search/lats.yaml"))
                .replace("width: 5", "width: 1");
        String calls = "calls: \"= budget\"";
        Try wrong = task("tree-search", chat(() -> WRONG, "The digits are not changed."));
        List<RunResult> results = cover(
                "tree-search",
                text,
                task("tree-search", chat(() -> RIGHT, "")),
                wrong.with("budget", 3).but(calls, "calls: 9"),
                wrong.but(calls, "calls: 1"),
                wrong.but(calls, "calls: 2"),
                wrong.but(calls, "calls: 3"));

        assertThat(results)
                .extracting(result -> result.stop().rule().orElse("none"))
                .containsExactly("solved", "none", "spent", "spent", "spent");
    }

    @Test
    void gameOf24() throws Exception {
        String numbers = "{\"numbers\": [1, 1, 4, 6]}";
        AtomicInteger attempts = new AtomicInteger();
        List<String> lost = List.of("4 + 6 = 10; 10 + 1 = 11; 11 + 1 = 12", "I cannot.", "4 * 6 = 24; 24 + 1; 25 + 1");
        List<RunResult> results = cover(
                "game-of-24",
                text("game-of-24"),
                Try.of(numbers, message -> "4 * 6 = 24\n1 * 1 = 1\n24 * 1 = 24"),
                Try.of(numbers, message -> lost.get(attempts.getAndIncrement() % 3))
                        .with("budget", 9));

        assertThat(results.getFirst().stop().rule()).contains("won");
        assertThat(results.getLast().stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
    }

    private static List<RunResult> cover(String name, String text, Try... tries) throws InterruptedException {
        String hosted = text.replace("local/listprog-critic", "openai/gpt-4.1-mini")
                .replaceAll("init: local/[\\w-]+", "init: openai/gpt-4.1");
        return new Coverage(world).of(name, hosted, tries);
    }

    private static String text(String name) {
        return Catalogue.find(name).orElseThrow().text();
    }

    /** The first of its bundled tasks. */
    private static Try task(String name, UnaryOperator<String> models) {
        return Try.of(Catalogue.find(name).orElseThrow().inputs().getFirst(), models);
    }

    /** One that writes programs, and says the same of all of them. */
    private static UnaryOperator<String> chat(Supplier<String> program, String critique) {
        return message -> message.contains("in two sentences") ? critique : program.get();
    }
}
