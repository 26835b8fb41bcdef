package dev.hone.workflows.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.Skeleton;
import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.engine.work.Json;
import dev.hone.workflows.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every sequence flow of every skeleton, and of the sketches of the language, is taken by some run. */
@Tag("slow")
@Timeout(180)
class PathsTest {

    private static final String HAIKU = "An old silent pond\nA frog jumps into the pond\nSplash! Silence again";
    private static final String TOPIC = "{\"topic\": \"frost\"}";

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

    private static String skeleton(String name) {
        return Skeleton.find(name).orElseThrow().text();
    }

    private static String sketch(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/sketches", name, "workflow.yaml"));
    }

    /** On its own tasks, with its own models. */
    private static void cover(String name) throws InterruptedException {
        Catalogue.Entry entry = Catalogue.find(name).orElseThrow();
        cover(
                name,
                entry.text(),
                entry.inputs().stream()
                        .map(task -> Try.of(task, message -> message))
                        .toArray(Try[]::new));
    }

    private static List<RunResult> cover(String name, String text, Try... tries) throws InterruptedException {
        return new Coverage(world).of(name, text, tries);
    }

    // --- skeletons

    @Test
    void revise() throws Exception {
        AtomicInteger poems = new AtomicInteger();
        List<RunResult> results = cover(
                "revise",
                skeleton("revise"),
                Try.of(TOPIC, message -> message.contains("weakness") ? "No issue." : HAIKU),
                Try.of(TOPIC, message -> message.contains("weakness") ? "Too calm." : HAIKU),
                Try.of(
                        TOPIC,
                        message -> message.contains("weakness")
                                ? "Too short."
                                : "Frost" + "!".repeat(poems.incrementAndGet())),
                Try.of(TOPIC, message -> message.contains("weakness") ? "Too short." : "Frost")
                        .with("rounds", 1));

        assertThat(results)
                .extracting(result -> result.stop().rule().orElse("none"))
                .containsExactly("content", "good-enough", "stuck", "none");
    }

    @Test
    void fanReduce() throws Exception {
        List<RunResult> results = cover("fan-reduce", skeleton("fan-reduce"), Try.of(TOPIC, message -> HAIKU));

        assertThat(results.getFirst().best().orElseThrow().value().asText()).isEqualTo(HAIKU);
    }

    @Test
    void growPool() throws Exception {
        AtomicInteger poems = new AtomicInteger();
        List<RunResult> results = cover(
                "grow-pool",
                skeleton("grow-pool"),
                Try.of(TOPIC, message -> HAIKU),
                Try.of(TOPIC, message -> "Frost" + "!".repeat(poems.incrementAndGet())),
                Try.of(TOPIC, message -> "Frost" + "!".repeat(poems.incrementAndGet()))
                        .with("tries", 7));

        assertThat(results.getFirst().stop().rule()).contains("right");
    }

    @Test
    void searchASlot() throws Exception {
        String inputs = """
                {"examples": [{"message": "It burns!", "label": "high"}, {"message": "Thanks.", "label": "low"}], "unseen": []}
                """;
        List<RunResult> results = cover(
                "search-a-slot",
                skeleton("search-a-slot"),
                Try.of(
                        inputs,
                        message -> message.startsWith("This instruction")
                                ? "Urgent? {{ message }}"
                                : message.startsWith("Urgent?") && message.contains("burns") ? "high" : "low"),
                Try.of(inputs, message -> message.startsWith("This instruction") ? "Urgent?" : "low"),
                Try.of(inputs, message -> message.startsWith("This instruction") ? "Calm? {{ message }}" : "low"));

        assertThat(results.getFirst().stop().rule()).contains("perfect");
    }

    @Test
    void sampleFilterTrain() throws Exception {
        String inputs = "{\"topics\": [\"frost\", \"rain\"]}";
        AtomicInteger calls = new AtomicInteger();
        List<RunResult> results = cover(
                "sample-filter-train",
                skeleton("sample-filter-train"),
                Try.of(inputs, message -> HAIKU),
                Try.of(inputs, message -> calls.incrementAndGet() % 3 == 0 ? HAIKU : "Frost"));

        assertThat(results.getFirst().stop().rule()).contains("mastered");
        assertThat(results.getLast().spent().calls()).isEqualTo(24);
    }

    @Test
    void signalToReward() throws Exception {
        AtomicInteger texts = new AtomicInteger();
        Try whole = Try.of(
                "{\"product\": \"a lamp\"}",
                message -> message.startsWith("{")
                        ? "{\"choice\": 1}"
                        : "Light. ".repeat(1 + texts.incrementAndGet() % 5));
        List<RunResult> results = cover(
                "signal-to-reward",
                skeleton("signal-to-reward"),
                whole.answered(question -> Json.object().put("choice", 2)),
                whole.with("patience", 1).with("questions", 1),
                whole.answered(question -> Json.object().put("choice", 2)).but("human: \"= questions\"", "human: 1"));

        assertThat(results.getFirst().best()).isPresent();
        assertThat(results.getLast().stop().kind()).isEqualTo(StopReason.Kind.BUDGET);
    }

    @Test
    void teacherInTheLoop() throws Exception {
        Try two = Try.of(
                "{\"messages\": [\"Where is it?\", \"Hm.\"], \"topics\": [\"delivery\", \"invoice\"]}",
                message -> message.contains("A lesson") ? "delivery" : message.contains("Hm.") ? "?" : "invoice");
        List<RunResult> results = cover(
                "teacher-in-the-loop",
                skeleton("teacher-in-the-loop"),
                two.with("patience", 1),
                two.answered(question -> Json.object().put("label", "delivery")));

        assertThat(results.getFirst().flags()).containsExactly("the teacher did not answer");
        assertThat(results.getLast().stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
    }

    @Test
    void players() throws Exception {
        String inputs = "{\"thing\": \"a bicycle\", \"least\": 80, \"most\": 120}";
        List<RunResult> results = cover(
                "players",
                skeleton("players"),
                Try.of(
                        inputs,
                        message -> message.startsWith("Seller:") ? "{\"state\": \"agreed\", \"price\": 90}" : "90"),
                Try.of(
                        inputs,
                        message -> message.startsWith("Seller:") ? "{\"state\": \"agreed\", \"price\": 70}" : "70"),
                Try.of(
                        inputs,
                        message ->
                                message.startsWith("Seller:") ? "{\"state\": \"over\", \"price\": null}" : "no deal"),
                Try.of(
                                inputs,
                                message -> message.startsWith("Seller:")
                                        ? "{\"state\": \"open\", \"price\": null}"
                                        : "200")
                        .with("turns", 2));

        assertThat(results)
                .extracting(result -> result.stop().rule().orElse("none"))
                .containsExactly("deal", "breach", "no-deal", "none");
    }

    // --- the catalogue

    @Test
    void refine() throws Exception {
        cover("refine");
    }

    // --- sketches of the language

    @Test
    void feedbackEdit() throws Exception {
        cover("feedback-edit");
    }

    @Test
    void treeSearch() throws Exception {
        Scripted.SCRIPTS.put(
                "tests",
                with -> Scripted.Out.scored(
                        "trace",
                        "right".equals(with.get("program"))
                                ? 1
                                : String.valueOf(with.get("program")).startsWith("near") ? 0.5 : 0));
        AtomicInteger programs = new AtomicInteger();
        String calls = "calls: \"= 2 * budget\"";
        Try far = Try.of("{\"task\": \"sort\"}", message -> "far " + programs.incrementAndGet());
        Try near = Try.of(
                "{\"task\": \"sort\"}",
                message -> message.startsWith("note") ? "swap" : "near " + programs.incrementAndGet());
        List<RunResult> results = cover(
                "tree-search",
                sketch("tree-search"),
                Try.of("{\"task\": \"sort\"}", message -> "right"),
                far,
                far.with("budget", 6),
                near,
                near.but(calls, "calls: 1"),
                near.but(calls, "calls: 2"));

        assertThat(results.getFirst().best().orElseThrow().value().asText()).isEqualTo("right");
    }

    @Test
    void promptDuels() throws Exception {
        String human = "human: \"= turns\"";
        Try duel = Try.of(
                "{\"prompts\": [\"Shout\", \"Whisper softly\", \"Sing\"], \"items\": [\"one\", \"two\"]}",
                message -> message);
        List<RunResult> results = cover(
                "prompt-duels",
                sketch("prompt-duels"),
                duel.answered(question -> Json.object().put("choice", 1)),
                duel.with("patience", 1).with("turns", 2),
                duel.answered(question -> Json.object().put("choice", 1))
                        .with("turns", 2)
                        .but(human, "human: 20"),
                duel.but(human, "human: 0"),
                duel.but(human, "human: 1"),
                duel.answered(question -> Json.object().put("choice", 1))
                        .with("turns", 9)
                        .but(human, "human: 20"));

        assertThat(results.getFirst().spent().calls()).isBetween(4L, 12L);
    }

    @Test
    void rewardDesign() throws Exception {
        Scripted.SCRIPTS.put(
                "build",
                with -> Scripted.Out.of(
                        Map.of("ok", !String.valueOf(with.get("code")).contains("?"))));
        Scripted.SCRIPTS.put(
                "preference",
                with -> Scripted.Out.of(Map.of(
                        "rate",
                        String.valueOf(with.get("code")).contains("good") ? 1 : 0.2,
                        "successes",
                        size(with.get("traj")),
                        "failures",
                        size(with.get("traj")),
                        "counterexample",
                        "step 3")));
        Scripted.SCRIPTS.put("train", with -> Scripted.Out.scored(Map.of("proxyUp", true, "successDown", true), 0.4));
        Scripted.SCRIPTS.put("rollout", with -> Scripted.Out.of(List.of(Map.of("return", 1), Map.of("return", 3))));
        AtomicInteger codes = new AtomicInteger();
        String maze = "{\"env\": {\"name\": \"maze\", \"sparse\": \"1\"}}";
        Try good = Try.of(maze, message -> message.startsWith("reward") ? "good" : "on");
        Try goodOnce = Try.of(
                maze,
                message -> message.startsWith("reward for maze after 1:")
                        ? "good"
                        : message.startsWith("reward") ? "bad" : "on");
        String calls = "calls: \"= rounds * (tries + 1)\"";
        List<RunResult> results = cover(
                "reward-design",
                sketch("reward-design"),
                Try.of(
                        maze,
                        message -> message.startsWith("reward")
                                ? List.of("?", "good 1", "bad 2", "good 3").get(codes.getAndIncrement() % 4)
                                : "try another"),
                Try.of(maze, message -> message.startsWith("reward") ? "?" : "on"),
                good.but("train: \"= rounds\"", "train: 2"),
                good.but(calls, "calls: 2"),
                good.but(calls, "calls: 3"),
                goodOnce.but(calls, "calls: 5"));

        assertThat(results.getFirst().flags()).contains("vacuous", "reward hacking");
    }

    private static int size(@Nullable Object list) {
        return ((List<?>) Objects.requireNonNull(list)).size();
    }
}
