package dev.hone.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.connectors.api.Usage;
import dev.hone.dsl.ProblemCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger in PostgreSQL, and what several processes do to it at the same time. */
@Tag("slow")
class PostgresLedgerTest extends LedgerContract {

    private final DatabaseAddress address = PostgresServer.fresh();

    @Override
    Ledger open() {
        return Ledger.open(address);
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> one : threads.invokeAll(work)) {
                results.add(one.get());
            }
            return results;
        }
    }

    private static NewEvent event(String element, int n) {
        return new NewEvent(element, "i=" + n, 1, EventKind.OUTPUT, "{}");
    }

    @Test
    void whoeverOpensAnEmptyDatabaseAtTheSameTimeFindsOneLedger() throws Exception {
        DatabaseAddress empty = PostgresServer.fresh();
        List<String> ids = atOnce(IntStream.range(0, 4)
                .<Callable<String>>mapToObj(i -> () -> {
                    try (Ledger ledger = Ledger.open(empty)) {
                        return ledger.id();
                    }
                })
                .toList());
        assertThat(ids).hasSize(4).containsOnly(ids.getFirst());
    }

    @Test
    void writersOfOneRunInTwoProcessesLeaveNoGapAndAReaderMissesNothing() throws Exception {
        try (Ledger one = open();
                Ledger two = open()) {
            int writers = 8;
            int each = 40;
            List<Callable<List<Long>>> work = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                Ledger own = w % 2 == 0 ? one : two;
                String element = "writer-" + w;
                work.add(() -> {
                    for (int i = 0; i < each; i++) {
                        own.append("run-1", event(element, i));
                    }
                    return List.of();
                });
            }
            work.add(() -> {
                List<Long> seen = new ArrayList<>();
                while (seen.size() < writers * each) {
                    two.events("run-1", seen.isEmpty() ? 0 : seen.getLast(), 7).forEach(event -> seen.add(event.seq()));
                }
                return seen;
            });
            assertThat(atOnce(work).getLast())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, writers * each).boxed().toList());
            List<Instant> times = one.events("run-1", 0, Integer.MAX_VALUE).stream()
                    .map(RunEvent::at)
                    .toList();
            assertThat(times).as("one clock").isSorted();
        }
    }

    @Test
    void whatIsDecidedByTheStateIsDecidedAgainWhenAnotherProcessWasQuicker() throws Exception {
        try (Ledger one = open();
                Ledger two = open()) {
            List<Callable<Integer>> work = IntStream.range(0, 40)
                    .<Callable<Integer>>mapToObj(i -> () -> decide(i % 2 == 0 ? one : two, "writer-" + i))
                    .toList();
            List<Integer> decided = atOnce(work);
            assertThat(decided).as("each saw what the one before had decided").doesNotHaveDuplicates();
        }
    }

    /** Counts the events, and writes that number down unless somebody else wrote meanwhile. */
    private static int decide(Ledger ledger, String element) {
        while (true) {
            int seen = ledger.events("run-1", 0, Integer.MAX_VALUE).size();
            if (ledger.appendAfter("run-1", seen, event(element, seen))) {
                return seen;
            }
        }
    }

    @Test
    void twoProcessesNeverSpendMoreThanARunOrAnAccountHas() throws Exception {
        LocalDate day = LocalDate.of(2026, 2, 28);
        try (Ledger one = open();
                Ledger two = open()) {
            one.createRun(new RunRecord("run-2", "poem", "hash-1", "{}", Instant.now()));
            Limits ofRun = new Limits(OptionalLong.of(25), OptionalLong.empty(), OptionalLong.empty());
            Limits ofDay = new Limits(OptionalLong.of(37), OptionalLong.empty(), OptionalLong.empty());
            List<Callable<Reservation>> tries = IntStream.range(0, 200)
                    .<Callable<Reservation>>mapToObj(i -> () -> (i % 2 == 0 ? one : two)
                            .reserve(
                                    "run-" + (1 + i / 2 % 2),
                                    new SpendKey("call", "i=" + i, 1),
                                    new Usage(1, 0, 0, 0),
                                    ofRun,
                                    List.of(),
                                    Optional.of(new Account("acme", day, Limits.NONE, ofDay))))
                    .toList();
            assertThat(atOnce(tries))
                    .filteredOn(new Reservation.Reserved()::equals)
                    .hasSize(37);
            assertThat(one.spent("", day).calls()).isEqualTo(37);
            assertThat(one.committed("run-1").calls()).isLessThanOrEqualTo(25);
            assertThat(one.committed("run-2").calls()).isLessThanOrEqualTo(25);
        }
    }

    @Test
    void theSameProgramAndVersionsFromTwoProcessesAreKeptOnceAndNumberedInTurn() throws Exception {
        try (Ledger one = open();
                Ledger two = open()) {
            Promotion.Evidence evidence =
                    new Promotion.Evidence("file", "new", "workflow", "solved", 0.2, 0.1, 0.3, 24.5, 20, 0.05, 40, 3);
            Promotion promotion = new Promotion(
                    "poem",
                    "text",
                    "prompt",
                    0,
                    "\"one\"",
                    evidence,
                    Optional.empty(),
                    new Promotion.Act("ada", "better", Instant.now()),
                    Optional.empty());
            List<Integer> versions = atOnce(IntStream.range(0, 12)
                    .<Callable<Integer>>mapToObj(i -> () -> {
                        Ledger own = i % 2 == 0 ? one : two;
                        own.putProgram(new ProgramRecord("hash-9", "ode", "ode.yaml", "hone: 1", Map.of("a", "b")));
                        return own.promote(promotion).version();
                    })
                    .toList());
            assertThat(versions)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(2, 13).boxed().toList());
            assertThat(two.program("hash-9")).isPresent();
        }
    }

    @Test
    void othersKeepTablesOfTheirOwnBesideIt() {
        try (Ledger ledger = open()) {
            ledger.database().migrate("dev/hone/engine/beside", "beside_history");
            ledger.database().migrate("dev/hone/engine/beside", "beside_history");
            ledger.database().transaction(handle -> handle.execute("insert into beside (name) values ('tea')"));
            assertThat(ledger.database()
                            .<String>read(handle -> handle.select("select name from beside")
                                    .mapTo(String.class)
                                    .one()))
                    .isEqualTo("tea");
        }
    }

    @Test
    void aWrongPasswordIsAProblemThatNamesTheDatabaseAndNoPassword() {
        DatabaseAddress wrong = DatabaseAddress.of(address.url(), PostgresServer.USER, "env:HONE_TEST_WRONG");
        LedgerException refused = catchThrowableOfType(
                LedgerException.class, () -> Ledger.open(wrong).close());
        assertThat(refused.problem().code()).isEqualTo(ProblemCode.LEDGER_FAILED);
        assertThat(refused.problem().what()).contains("the database " + address).doesNotContain("currentSchema");
        assertThat(refused.problem().fix()).isNotBlank();
        StringWriter all = new StringWriter();
        refused.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain("sesame");
    }

    @Test
    void aPasswordThatIsNotSetIsAProblemThatNamesItsVariable() {
        DatabaseAddress unset = DatabaseAddress.of(address.url(), PostgresServer.USER, "env:HONE_TEST_UNSET");
        assertThatThrownBy(() -> Ledger.open(unset).close())
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        e -> assertThat(e.problem().what()).contains("HONE_TEST_UNSET"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://ada:sesame@db/hone",
                "jdbc:postgresql://db/hone?user=ada&password=sesame",
                "jdbc:postgresql://db/hone?sslpassword=sesame",
                "jdbc:mysql://db/hone?password=sesame",
                "postgres://ada:sesame@db/hone"
            })
    void anAddressWithAPasswordOrOfAnotherDatabaseIsRefusedAndNotRepeated(String url) {
        assertThatThrownBy(() -> DatabaseAddress.of(url, "ada", PostgresServer.PASSWORD))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        e -> assertThat(e.problem().toString())
                                .contains("jdbc:postgresql://")
                                .doesNotContain("sesame"));
        assertThatThrownBy(() -> DatabaseAddress.of("jdbc:postgresql://db/hone", "ada", "sesame"))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        e -> assertThat(e.problem().toString()).doesNotContain("sesame"));
    }

    @Test
    void aServerThatIsNotThereIsAProblemThatNamesIt() {
        DatabaseAddress nowhere =
                DatabaseAddress.of("jdbc:postgresql://127.0.0.1:1/hone", "ada", PostgresServer.PASSWORD);
        assertThatThrownBy(() -> Ledger.open(nowhere).close())
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        e -> assertThat(e.problem().what()).contains("postgresql://127.0.0.1:1/hone"));
    }
}
