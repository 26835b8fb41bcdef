package dev.hone.engine;

import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static dev.hone.engine.SharedEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hone.broker.EmbeddedBroker;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ledger.DatabaseAddress;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.NewEvent;
import dev.hone.engine.ledger.PostgresServer;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.Json;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two engines on one PostgreSQL and one Zeebe gateway, as two nodes of a server. */
@Tag("slow")
@Timeout(180)
class NodesTest {

    private static final Source ASKING = new Source("asking.yaml", """
            hone: 1
            name: asking
            budget: {human: 3, time: PT10M}
            flow:
              - human: {id: which, form: pair, show: {good: good, bad: bad}, out: pref}
            """);

    private static final PersonFile JUDGE = new PersonFile("person.yaml", """
            person: 1
            answers:
              which: {choice: good, seconds: 0}
            """);

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;

    private final DatabaseAddress address = PostgresServer.fresh();
    private Engine one;
    private Engine two;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(directory.resolve("broker"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void openTwo() {
        one = node(broker.gatewayAddress());
        two = node(broker.gatewayAddress());
    }

    @AfterEach
    void closeBoth() {
        one.close();
        two.close();
    }

    private Engine node(URI gateway) {
        return Engine.open(EngineOptions.at(directory.resolve("unused"))
                .withDatabase(address)
                .withGateway(gateway));
    }

    @Test
    void theyShareTheWorkAndEachKnowsTheEndOfEveryRun() throws Exception {
        Set<String> byOne = ConcurrentHashMap.newKeySet();
        Set<String> byTwo = ConcurrentHashMap.newKeySet();
        one.watch(event -> byOne.add(event.run()));
        two.watch(event -> byTwo.add(event.run()));
        var program = one.deploy(source("guess"));
        List<String> runs = IntStream.range(0, 20)
                .mapToObj(seed -> one.start(program, target(5).withSeed(seed % 2)))
                .toList();
        List<CompletableFuture<RunResult>> endings =
                runs.stream().map(two::ending).toList();
        for (int i = 0; i < runs.size(); i++) {
            String run = runs.get(i);
            RunResult result = endings.get(i).get(60, TimeUnit.SECONDS);
            assertThat(one.await(run)).isEqualTo(result);
            assertThat(result.best().orElseThrow().value())
                    .isEqualTo(two.await(runs.get(i % 2)).best().orElseThrow().value());
            long events = two.events(run).size();
            assertThat(two.events(run))
                    .extracting(event -> event.seq())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, events).boxed().toList());
        }
        assertThat(byOne).as("what one worked on").isNotEmpty();
        assertThat(byTwo).as("what two worked on").isNotEmpty();
    }

    @Test
    void whoFollowsARunHearsOfWhatTheOtherNodeWrites() {
        String run = waiting(one);
        AtomicInteger heard = new AtomicInteger();
        Runnable withdraw = two.follow(run, heard::incrementAndGet);
        int before = heard.get();
        one.answer(one.questions(run).getFirst(), Json.object().put("choice", 1));
        await().until(() -> heard.get() > before);
        await().until(() -> two.result(run).isPresent());
        withdraw.run();
        await().untilAsserted(() -> assertThat(two.unfinished()).isEmpty());
        assertThat(two.events(run)).extracting(event -> event.kind()).contains(EventKind.RUN_FINISHED);
    }

    @Test
    void whoFollowsIsToldAfterTheConnectionWasCut() {
        String run = waiting(one);
        AtomicInteger heard = new AtomicInteger();
        two.follow(run, heard::incrementAndGet);
        int before = heard.get();
        await().until(() -> PostgresServer.cut("listen %", "select 1") > 0);
        await().until(() -> heard.get() > before);
        CompletableFuture<RunResult> ending = two.ending(run);
        one.answer(one.questions(run).getFirst(), Json.object().put("choice", 1));
        await().until(ending::isDone);
    }

    @Test
    void aCancelOnOneNodeBreaksOffTheCallsOfTheOther() {
        var program = one.deploy(with(source("guess"), "guess/hint", "guess/never"));
        List<String> runs = IntStream.range(0, 12)
                .mapToObj(i -> one.start(program, target(5).withSeed(4)))
                .toList();
        await().atMost(Duration.ofSeconds(60)).until(() -> runs.stream().allMatch(this::isWorkedOn));
        assertThat(runs).as("some of the calls are the other node's").anyMatch(two::worksOn);
        runs.forEach(one::cancel);
        await().untilAsserted(() -> assertThat(runs).noneMatch(this::isWorkedOn));
    }

    /** Whether a node is at the call that answers only by being cancelled. */
    private boolean isWorkedOn(String run) {
        boolean there = one.events(run).stream()
                .anyMatch(event ->
                        event.kind() == EventKind.OUTPUT && event.iteration().equals("approach=1"));
        return there && (one.worksOn(run) || two.worksOn(run));
    }

    @Test
    void aQuestionIsAnsweredOnWhicheverNode() throws Exception {
        String run = waiting(one);
        Question question = two.questions(run).getFirst();
        two.answer(question, Json.object().put("choice", 1));
        assertThat(one.await(run).stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
        assertThatThrownBy(() -> one.answer(question, Json.object().put("choice", 2)))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo(ProblemCode.NOT_FOUND));
    }

    @Test
    void scriptedPeopleAnswerOnceThoughBothNodesHearOfTheQuestion() throws Exception {
        var program = one.deploy(ASKING);
        List<String> runs = IntStream.range(0, 10)
                .mapToObj(i -> (i % 2 == 0 ? one : two)
                        .start(program, RunRequest.withoutInputs().withPerson(JUDGE)))
                .toList();
        for (String run : runs) {
            assertThat(one.await(run).stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
            assertThat(one.events(run))
                    .filteredOn(event -> event.kind() == EventKind.ANSWERED)
                    .hasSize(1);
        }
    }

    @Test
    void whatADeadNodeMadeAndDidNotStartIsStartedOnce() throws Exception {
        String like = waiting(one);
        RunRecord record = one.run(like);
        try (Ledger dead = Ledger.open(address)) {
            List<String> runs = IntStream.range(0, 5).mapToObj(i -> "left-" + i).toList();
            runs.forEach(run -> dead.createRun(
                    new RunRecord(run, record.workflow(), record.program(), record.setup(), Instant.now())));
            assertThat(dead.claimUnstarted(Duration.ofSeconds(30)))
                    .as("their maker may still start them")
                    .isEmpty();
            dead.database()
                    .transaction(handle -> handle.execute(
                            "update run set claimed_at = claimed_at - interval '1' hour" + " where id like 'left-%'"));
            runs.forEach(run -> await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(one.questions(run)).hasSize(1)));
            for (String run : runs) {
                assertThat(one.events(run))
                        .filteredOn(event -> event.kind() == EventKind.RUN_STARTED)
                        .hasSize(1);
                one.answer(one.questions(run).getFirst(), Json.object().put("choice", 1));
                assertThat(two.await(run).stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
            }
        }
    }

    @Test
    void anAnswerThatADeadNodeWroteAndDidNotTellIsToldByAnother() throws Exception {
        String run = waiting(one);
        try (Ledger dead = Ledger.open(address)) {
            dead.append(
                    run,
                    new NewEvent(
                            "which.take",
                            "",
                            1,
                            EventKind.ANSWERED,
                            "{\"answer\": {\"choice\": 1, \"by\": \"human\", \"seconds\": 1}}"));
        }
        assertThat(two.await(run).stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
    }

    @Test
    void aRunThatIsNotThereIsAProblemThatNamesTheDatabase() {
        assertThatThrownBy(() -> one.run("none"))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.getMessage())
                                .contains("the database " + address)
                                .doesNotContain("sesame"));
    }

    /** A run that waits for a person. */
    private static String waiting(Engine engine) {
        String run = engine.start(engine.deploy(ASKING), RunRequest.withoutInputs());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(engine.questions(run)).hasSize(1));
        return run;
    }
}
