package dev.hone.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.connectors.api.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger does, whatever database is under it. */
abstract class LedgerContract extends OperationContract {

    private static final ProgramRecord PROGRAM = new ProgramRecord(
            "hash-1", "poem", "poem.yaml", "hone: 1", Map.of("rules/a.csv", "a,then", "b.csv", "b,then"));

    private static final RunRecord RUN = new RunRecord(
            "run-1", "poem", "hash-1", "{\"seed\":1}", Instant.now().truncatedTo(ChronoUnit.MICROS));

    abstract Ledger open();

    @BeforeEach
    void openWithOneRun() {
        ledger = open();
        ledger.putProgram(PROGRAM);
        ledger.createRun(RUN);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static NewEvent event(String element, String iteration, EventKind kind) {
        return new NewEvent(element, iteration, 1, kind, "{}");
    }

    private static SpendKey key(int n) {
        return new SpendKey("call", "i=" + n, 1);
    }

    private static Limits calls(long most) {
        return new Limits(OptionalLong.of(most), OptionalLong.empty(), OptionalLong.empty());
    }

    @Test
    void aProgramIsKeptOnce() {
        ledger.putProgram(new ProgramRecord("hash-1", "other", "other.yaml", "other", Map.of("a.csv", "other")));
        assertThat(ledger.program("hash-1")).contains(PROGRAM);
        assertThat(ledger.program("hash-2")).isEmpty();
    }

    @Test
    void whatACompanionWritesIsThereWithTheEventOrNotAtAll() {
        ledger.accompany(new Companion() {
            @Override
            public void prepare(Database database) {
                database.migrate("dev/hone/engine/beside", "beside_history");
            }

            @Override
            public void happened(Handle handle, RunEvent event) {
                handle.execute("insert into beside (name) values (?)", event.element());
                if (event.element().equals("bad")) {
                    throw new IllegalStateException("the companion fails");
                }
            }
        });

        assertThat(ledger.append("run-1", event("good", "", EventKind.OUTPUT))).isTrue();
        assertThat(ledger.append("run-1", event("good", "", EventKind.OUTPUT))).isFalse();
        assertThatThrownBy(() -> ledger.append("run-1", event("bad", "", EventKind.OUTPUT)))
                .hasMessageContaining("the companion fails");

        assertThat(ledger.events("run-1", 0, 10)).extracting(RunEvent::element).containsExactly("good");
        assertThat(ledger.database()
                        .<List<String>>read(handle -> handle.select("select name from beside")
                                .mapTo(String.class)
                                .list()))
                .containsExactly("good");
    }

    @Test
    void aRunIsFoundAsItWasMade() {
        assertThat(ledger.run("run-1")).contains(RUN);
        assertThat(ledger.run("run-2")).isEmpty();
    }

    @Test
    void runsAreFoundByTheirLabelsAndByWhatTheyWaitFor() {
        RunRecord labelled = new RunRecord(
                "run-2",
                "poem",
                "hash-1",
                "{\"labels\":{\"tenant\":\"acme\",\"batch\":\"a_1\"}}",
                RUN.createdAt().plusSeconds(1));
        ledger.createRun(labelled);
        ledger.append("run-2", new NewEvent("ask.ask", "", 1, EventKind.QUESTION, "{\"step\":\"ask\"}"));
        ledger.append("run-2", new NewEvent("other.ask", "", 1, EventKind.QUESTION, "{\"seconds\":60}"));

        assertThat(ledger.labelled("batch", "a_")).containsExactly(labelled);
        assertThat(ledger.labelled("batch", "a1")).isEmpty();
        assertThat(ledger.runs(RunQuery.all()).runs())
                .extracting(RunSummary::id)
                .containsExactly("run-2", "run-1");
        assertThat(ledger.runs(RunQuery.of("acme")
                                .withLabel("batch", "a_1")
                                .withPhase(RunPhase.WAITING)
                                .createdFrom(RUN.createdAt()))
                        .runs())
                .extracting(RunSummary::id)
                .containsExactly("run-2");
        ledger.append("run-2", event("run", "", EventKind.RUN_FINISHED));
        assertThat(ledger.summary("run-2").orElseThrow().phase()).isEqualTo(RunPhase.FINISHED);
    }

    @Test
    void aRunIsUnfinishedUntilItsEndIsWrittenAndAgainWhenItIsResumed() {
        assertThat(ledger.unfinished()).containsExactly(RUN);
        ledger.append("run-1", event("run", "", EventKind.RUN_FINISHED));
        assertThat(ledger.unfinished()).isEmpty();
        ledger.append("run-1", event("run", "", EventKind.RUN_RESUMED));
        assertThat(ledger.unfinished()).containsExactly(RUN);
    }

    @Test
    void eventsAreNumberedWithoutGaps() {
        for (int i = 0; i < 5; i++) {
            ledger.append("run-1", event("step", "i=" + i, EventKind.OUTPUT));
        }
        assertThat(ledger.events("run-1", 0, 100)).extracting(RunEvent::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(ledger.events("run-1", 2, 2)).extracting(RunEvent::seq).containsExactly(3L, 4L);
    }

    @Test
    void anEventWithAKeyThatIsThereChangesNothing() {
        assertThat(ledger.append("run-1", new NewEvent("step", "", 1, EventKind.OUTPUT, "{\"value\":1}")))
                .isTrue();
        assertThat(ledger.append("run-1", new NewEvent("step", "", 1, EventKind.OUTPUT, "{\"value\":2}")))
                .isFalse();
        assertThat(ledger.events("run-1", 0, 100)).extracting(RunEvent::body).containsExactly("{\"value\":1}");
    }

    @Test
    void whatWasDecidedByAnOlderStateIsNotWritten() {
        assertThat(ledger.appendAfter("run-1", 0, event("a", "", EventKind.OUTPUT)))
                .isTrue();
        assertThat(ledger.appendAfter("run-1", 0, event("b", "", EventKind.OUTPUT)))
                .isFalse();
        assertThat(ledger.appendAfter("run-1", 1, event("a", "", EventKind.OUTPUT)))
                .as("it is there already, and nothing changed")
                .isTrue();
        assertThat(ledger.events("run-1", 0, 10)).extracting(RunEvent::element).containsExactly("a");
    }

    @Test
    void aReaderThatPollsSeesEveryEventInOrderWhileManyWrite() throws Exception {
        int writers = 16;
        int each = 20;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writing = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String element = "writer-" + w;
                writing.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        ledger.append("run-1", event(element, "i=" + i, EventKind.OUTPUT));
                    }
                }));
            }
            List<Long> seen = new ArrayList<>();
            while (seen.size() < writers * each) {
                ledger.events("run-1", seen.isEmpty() ? 0 : seen.getLast(), 7).forEach(event -> seen.add(event.seq()));
            }
            for (Future<?> one : writing) {
                one.get();
            }
            assertThat(seen)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, writers * each).boxed().toList());
        }
    }

    @Test
    void listenersHearEventsInOrderAfterTheyAreKept() {
        ConcurrentLinkedQueue<Long> heard = new ConcurrentLinkedQueue<>();
        ledger.onAppend(event -> {
            assertThat(ledger.events("run-1", event.seq() - 1, 1)).hasSize(1);
            heard.add(event.seq());
        });
        ledger.append("run-1", event("a", "", EventKind.OUTPUT));
        ledger.append("run-1", event("a", "", EventKind.OUTPUT));
        ledger.append("run-1", event("b", "", EventKind.OUTPUT));
        assertThat(heard).containsExactly(1L, 2L);
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingIsSetAside() {
        Usage most = new Usage(1, 100, 50, 2_000);
        Limits limits = new Limits(OptionalLong.of(2), OptionalLong.of(310), OptionalLong.of(4_000));
        assertThat(ledger.reserve("run-1", key(1), most, limits, List.of(), Optional.empty()))
                .isEqualTo(new Reservation.Reserved());
        assertThat(ledger.reserve("run-1", key(2), most, limits, List.of(), Optional.empty()))
                .isEqualTo(new Reservation.Reserved());
        assertThat(ledger.reserve("run-1", key(3), most, limits, List.of(), Optional.empty()))
                .isEqualTo(new Reservation.Refused("the budget", "calls", 1, 0, 2));
        assertThat(ledger.committed("run-1")).isEqualTo(new Usage(2, 200, 100, 4_000));
    }

    @Test
    void settlingReplacesTheWorstCaseByWhatWasUsed() {
        Usage most = new Usage(1, 100, 50, 2_000);
        ledger.reserve("run-1", key(1), most, Limits.NONE, List.of(), Optional.empty());
        ledger.appendAndSettle(
                "run-1",
                List.of(event("call", "i=1", EventKind.CALLED), event("call", "i=1", EventKind.OUTPUT)),
                key(1),
                new Usage(1, 80, 10, 900));
        assertThat(ledger.committed("run-1")).isEqualTo(new Usage(1, 80, 10, 900));
        assertThat(ledger.events("run-1", 0, 10)).hasSize(2);
    }

    @Test
    void whatATokenWasAndWhatIsNotKnownOfACallAreKept() {
        Usage first = new Usage(1, 80, 30, 10, 4, 900, 0, 0);
        Usage second = new Usage(1, 50, 0, 20, 0, 0, 1, 1);
        ledger.reserve("run-1", key(1), new Usage(1, 100, 50, 2_000), Limits.NONE, List.of(), Optional.empty());
        ledger.reserve("run-1", key(2), new Usage(1, 100, 0, 50, 0, 0, 0, 1), Limits.NONE, List.of(), Optional.empty());
        assertThat(ledger.committed("run-1")).isEqualTo(new Usage(2, 200, 0, 100, 0, 2_000, 0, 1));
        ledger.appendAndSettle("run-1", List.of(event("call", "i=1", EventKind.CALLED)), key(1), first);
        ledger.appendAndSettle("run-1", List.of(event("call", "i=2", EventKind.CALLED)), key(2), second);
        assertThat(ledger.committed("run-1")).isEqualTo(first.plus(second));
    }

    @Test
    void whatIsReleasedCanBeSpentAgain() {
        ledger.reserve("run-1", key(1), new Usage(1, 0, 0, 0), calls(1), List.of(), Optional.empty());
        ledger.release("run-1", key(1));
        assertThat(ledger.reserve("run-1", key(2), new Usage(1, 0, 0, 0), calls(1), List.of(), Optional.empty()))
                .isEqualTo(new Reservation.Reserved());
    }

    @Test
    void aReservationWhoseCallerDiedIsKnownAndStaysCommitted() {
        ledger.reserve("run-1", key(1), new Usage(1, 5, 5, 0), calls(3), List.of(), Optional.empty());
        assertThat(ledger.reserve("run-1", key(1), new Usage(1, 5, 5, 0), calls(3), List.of(), Optional.empty()))
                .isEqualTo(new Reservation.Abandoned());
        assertThat(ledger.committed("run-1").calls()).isEqualTo(1);
    }

    @Test
    void twoHundredThreadsNeverSpendMoreThanTheLimit() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Reservation>> tries = IntStream.range(0, 200)
                    .<Callable<Reservation>>mapToObj(i -> () -> ledger.reserve(
                            "run-1", key(i), new Usage(1, 0, 0, 0), calls(37), List.of(), Optional.empty()))
                    .toList();
            long reserved = 0;
            for (Future<Reservation> one : threads.invokeAll(tries)) {
                if (one.get() instanceof Reservation.Reserved) {
                    reserved++;
                }
            }
            assertThat(reserved).isEqualTo(37);
            assertThat(ledger.committed("run-1").calls()).isEqualTo(37);
        }
    }

    private static final LocalDate DAY = LocalDate.of(2026, 2, 28);

    private static Optional<Account> account(String tenant, int ofTenant, int ofAll) {
        return Optional.of(new Account(tenant, DAY, calls(ofTenant), calls(ofAll)));
    }

    @Test
    void anAccountHasWhatItsReservationsAreWorth() {
        Usage most = new Usage(1, 100, 50, 2_000);
        ledger.reserve("run-1", key(1), most, Limits.NONE, List.of(), account("acme", 9, 9));
        ledger.reserve("run-1", key(2), most, Limits.NONE, List.of(), account("acme", 9, 9));
        ledger.reserve("run-1", key(3), most, Limits.NONE, List.of(), account("other", 9, 9));
        ledger.reserve("run-1", key(4), most, Limits.NONE, List.of(), Optional.empty());
        ledger.appendAndSettle(
                "run-1", List.of(event("call", "i=1", EventKind.CALLED)), key(1), new Usage(1, 80, 10, 900));
        ledger.appendAndSettle(
                "run-1", List.of(event("call", "i=1", EventKind.CALLED)), key(1), new Usage(1, 80, 10, 900));
        ledger.release("run-1", key(2));
        ledger.release("run-1", key(2));
        assertThat(ledger.spent("acme", DAY)).isEqualTo(new Spent(1, 90, 900));
        assertThat(ledger.spent("other", DAY)).isEqualTo(new Spent(1, 150, 2_000));
        assertThat(ledger.spent("", DAY)).as("all together").isEqualTo(new Spent(2, 240, 2_900));
        assertThat(ledger.spent("acme", DAY.plusDays(1))).isEqualTo(Spent.NOTHING);
    }

    @Test
    void whatAnAccountHasNotIsRefusedAndNothingIsTaken() {
        Usage one = new Usage(1, 0, 0, 0);
        ledger.reserve("run-1", key(1), one, Limits.NONE, List.of(), account("acme", 1, 2));
        assertThat(ledger.reserve("run-1", key(2), one, Limits.NONE, List.of(), account("acme", 1, 2)))
                .isEqualTo(new Reservation.Refused("today's limit of the tenant 'acme'", "calls", 1, 0, 1));
        ledger.reserve("run-1", key(3), one, Limits.NONE, List.of(), account("other", 1, 2));
        assertThat(ledger.reserve("run-1", key(4), one, Limits.NONE, List.of(), account("third", 1, 2)))
                .isEqualTo(new Reservation.Refused("today's limit of all runs", "calls", 1, 0, 2));
        assertThat(ledger.spent("third", DAY)).isEqualTo(Spent.NOTHING);
        assertThat(ledger.committed("run-1").calls()).isEqualTo(2);
    }

    @Test
    void manyThreadsNeverTakeMoreThanAnAccountHas() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Reservation>> tries = IntStream.range(0, 200)
                    .<Callable<Reservation>>mapToObj(i -> () -> ledger.reserve(
                            "run-1",
                            key(i),
                            new Usage(1, 0, 0, 0),
                            Limits.NONE,
                            List.of(),
                            account("t" + i % 3, 20, 37)))
                    .toList();
            long reserved = 0;
            for (Future<Reservation> one : threads.invokeAll(tries)) {
                if (one.get() instanceof Reservation.Reserved) {
                    reserved++;
                }
            }
            assertThat(reserved).isEqualTo(37);
            assertThat(ledger.spent("", DAY).calls()).isEqualTo(37);
        }
    }

    @Test
    void aLoopHasAShareOfItsOwnInEachPlace() {
        Usage one = new Usage(1, 0, 0, 0);
        List<Share> first = List.of(new Share("search", "each=1/search=", calls(2)));
        List<Share> second = List.of(new Share("search", "each=2/search=", calls(2)));
        for (int round = 1; round <= 2; round++) {
            ledger.reserve(
                    "run-1",
                    new SpendKey("call", "each=1/search=" + round, 1),
                    one,
                    Limits.NONE,
                    first,
                    Optional.empty());
        }
        assertThat(ledger.reserve(
                        "run-1", new SpendKey("call", "each=1/search=3", 1), one, Limits.NONE, first, Optional.empty()))
                .isEqualTo(new Reservation.Refused(
                        "the budget of the loop 'search'", "calls", 1, 0, 2, Optional.of("search")));
        assertThat(ledger.reserve(
                        "run-1",
                        new SpendKey("call", "each=2/search=1", 1),
                        one,
                        Limits.NONE,
                        second,
                        Optional.empty()))
                .isEqualTo(new Reservation.Reserved());
    }

    private static final Promotion.Act ACT = new Promotion.Act("ada", "it is better", RUN.createdAt());

    private static Promotion promotion(String source, String slot, String content) {
        Promotion.Evidence evidence =
                new Promotion.Evidence("file", "new", "workflow", "solved", 0.2, 0.1, 0.3, 24.5, 20, 0.05, 40, 3);
        return new Promotion("poem", source, slot, 0, content, evidence, Optional.of("run-1"), ACT, Optional.empty());
    }

    @Test
    void theLatestPromotionOfASlotHoldsForItsTextAlone() {
        assertThat(ledger.holding("text-1")).isEmpty();
        Promotion first = ledger.promote(promotion("text-1", "prompt", "\"one\""));
        Promotion second = ledger.promote(promotion("text-1", "prompt", "\"two\""));
        Promotion model = ledger.promote(promotion("text-1", "model", "\"local/x\""));
        Promotion elsewhere = ledger.promote(promotion("text-2", "prompt", "\"three\""));

        assertThat(first.version()).as("the file's own value is the first").isEqualTo(2);
        assertThat(elsewhere.version()).as("numbers go on").isEqualTo(4);
        assertThat(ledger.holding("text-1")).containsExactly(model, second);
        assertThat(ledger.holding("text-2")).containsExactly(elsewhere);
        assertThat(ledger.promotions("poem")).containsExactly(first, second, model, elsewhere);
        assertThat(ledger.promotions("ode")).isEmpty();
    }

    @Test
    void aTenantsPromotionsHoldForItsRunsAlone() {
        Promotion own = ledger.promote("acme", promotion("text-1", "prompt", "\"one\""));
        assertThat(ledger.holding("text-1")).isEmpty();
        assertThat(ledger.holding("other", "text-1")).isEmpty();
        assertThat(ledger.holding("acme", "text-1")).containsExactly(own);
        assertThat(ledger.promote(promotion("text-1", "prompt", "\"two\"")).version())
                .as("each tenant counts for itself")
                .isEqualTo(own.version());
        assertThat(ledger.rollBack(own, ACT)).as("that of nobody in particular").isTrue();
        assertThat(ledger.holding("acme", "text-1")).containsExactly(own);
        assertThat(ledger.rollBack("acme", own, ACT)).isTrue();
        assertThat(ledger.holding("acme", "text-1")).isEmpty();
    }

    @Test
    void aPromotionThatIsTakenBackStaysInTheListAndTheOneBeforeItHolds() {
        Promotion first = ledger.promote(promotion("text-1", "prompt", "\"one\""));
        Promotion second = ledger.promote(promotion("text-1", "prompt", "\"two\""));
        Promotion.Act back = new Promotion.Act("bob", "it was not", ACT.at());

        assertThat(ledger.rollBack(second, back)).isTrue();
        assertThat(ledger.rollBack(second, back)).as("once").isFalse();
        assertThat(ledger.holding("text-1")).containsExactly(first);
        assertThat(ledger.promotions("poem").getLast().rollback()).contains(back);
        assertThat(ledger.promotions("poem").getLast().holds()).isFalse();
        assertThat(ledger.promote(promotion("text-1", "prompt", "\"three\"")).version())
                .as("no number is used twice")
                .isEqualTo(4);
    }
}
