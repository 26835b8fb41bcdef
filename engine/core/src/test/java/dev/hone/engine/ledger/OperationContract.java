package dev.hone.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every ledger tells an operator, whatever database is under it. */
abstract class OperationContract extends MemoryContract {

    private static final Instant START = Instant.now().truncatedTo(ChronoUnit.MICROS);

    /** A run as the test knows it. */
    private record Known(RunRecord run, String tenant, Map<String, String> labels, RunPhase phase, String stop) {

        boolean fits(RunQuery query) {
            return query.tenant().filter(wanted -> !wanted.equals(tenant)).isEmpty()
                    && query.workflow()
                            .filter(wanted -> !wanted.equals(run.workflow()))
                            .isEmpty()
                    && query.phase().filter(wanted -> wanted != phase).isEmpty()
                    && query.stop().filter(wanted -> !wanted.equals(stop)).isEmpty()
                    && labels.entrySet().containsAll(query.labels().entrySet())
                    && query.createdFrom()
                            .filter(from -> run.createdAt().isBefore(from))
                            .isEmpty()
                    && query.createdBefore()
                            .filter(end -> !run.createdAt().isBefore(end))
                            .isEmpty();
        }
    }

    private static NewEvent event(EventKind kind, String element, int attempt, String body) {
        return new NewEvent(element, "", attempt, kind, body);
    }

    private RunRecord create(String id, String workflow, Map<String, String> labels, Instant at) {
        String setup = labels.entrySet().stream()
                .map(label -> "\"" + label.getKey() + "\":\"" + label.getValue() + "\"")
                .collect(Collectors.joining(",", "{\"labels\":{", "}}"));
        RunRecord run = new RunRecord(id, workflow, "hash-1", setup, at);
        ledger.createRun(run);
        return run;
    }

    private Known known(int n, Random random) {
        Map<String, String> labels =
                Map.of("tenant", "t" + random.nextInt(3), "batch", "b" + random.nextInt(4), "n", "" + n);
        // Several runs of the same moment, so that their names decide.
        RunRecord run = create("r" + n, "w" + random.nextInt(3), labels, START.plusMillis(random.nextInt(20)));
        RunPhase phase = RunPhase.values()[random.nextInt(4)];
        String stop = random.nextBoolean() ? "RULE" : "BUDGET";
        switch (phase) {
            case RUNNING -> ledger.append(run.id(), event(EventKind.RUN_STARTED, "run", 1, "{}"));
            case WAITING -> ledger.append(run.id(), event(EventKind.QUESTION, "ask.ask", 1, "{\"form\":\"rate\"}"));
            case PAUSED -> ledger.append(run.id(), event(EventKind.RUN_PAUSED, "run", 1, "{}"));
            case FINISHED ->
                ledger.append(
                        run.id(),
                        event(
                                EventKind.RUN_FINISHED,
                                "run",
                                1,
                                "{\"stop\":{\"kind\":\"" + stop + "\",\"text\":\"it is done\"}}"));
        }
        return new Known(run, labels.getOrDefault("tenant", ""), labels, phase, phase == RunPhase.FINISHED ? stop : "");
    }

    private List<String> all(RunQuery query) {
        List<String> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            RunQuery page = next.map(query::after).orElse(query);
            RunPage answer = ledger.runs(page);
            assertThat(answer.runs()).hasSizeLessThanOrEqualTo(query.limit());
            answer.runs().forEach(run -> found.add(run.id()));
            next = answer.next();
        } while (next.isPresent());
        return found;
    }

    @Test
    void pagesHaveWhatFitsNewestFirstAndEachRunOnce() {
        Random random = new Random(7);
        List<Known> runs =
                IntStream.range(0, 80).mapToObj(n -> known(n, random)).toList();
        for (int n = 0; n < 150; n++) {
            RunQuery query = query(random);
            List<String> expected = runs.stream()
                    .filter(run -> run.fits(query))
                    .map(Known::run)
                    .sorted(Comparator.comparing(RunRecord::createdAt)
                            .thenComparing(RunRecord::id)
                            .reversed())
                    .map(RunRecord::id)
                    .toList();
            // The run that every contract begins with has no label and another workflow.
            List<String> found = new ArrayList<>(all(query));
            found.remove("run-1");
            assertThat(found).as(query.toString()).isEqualTo(expected);
        }
    }

    private static RunQuery query(Random random) {
        RunQuery query = RunQuery.all().withLimit(1 + random.nextInt(12));
        if (random.nextBoolean()) {
            query = query.withTenant("t" + random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            query = query.withWorkflow("w" + random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            query = query.withPhase(RunPhase.values()[random.nextInt(4)]);
        }
        if (random.nextInt(4) == 0) {
            query = query.withStop(random.nextBoolean() ? "RULE" : "BUDGET");
        }
        if (random.nextInt(3) == 0) {
            query = query.withLabel("batch", "b" + random.nextInt(4));
            query = random.nextInt(3) == 0 ? query.withLabel("n", "" + random.nextInt(80)) : query;
        }
        if (random.nextInt(4) == 0) {
            query = query.createdFrom(START.plusMillis(random.nextInt(20)));
        }
        if (random.nextInt(4) == 0) {
            query = query.createdBefore(START.plusMillis(random.nextInt(20)));
        }
        return query;
    }

    private RunPhase phase(String run) {
        return ledger.summary(run).orElseThrow().phase();
    }

    @Test
    void whatARunIsDoingFollowsFromItsEvents() {
        create("r", "w", Map.of(), START);
        assertThat(phase("r")).isEqualTo(RunPhase.RUNNING);

        ledger.append("r", event(EventKind.QUESTION, "a.ask", 1, "{\"seconds\":60,\"late\":true}"));
        ledger.append("r", event(EventKind.QUESTION, "b.ask", 1, "{}"));
        assertThat(phase("r")).isEqualTo(RunPhase.WAITING);
        ledger.append("r", event(EventKind.OUTPUT, "a.take", 1, "{}"));
        assertThat(phase("r")).isEqualTo(RunPhase.WAITING);
        ledger.append("r", event(EventKind.ANSWERED, "b.take", 1, "{}"));
        assertThat(phase("r")).isEqualTo(RunPhase.RUNNING);

        ledger.append("r", event(EventKind.RUN_PAUSED, "run", 1, "{}"));
        ledger.append("r", event(EventKind.QUESTION, "c.ask", 1, "{}"));
        assertThat(phase("r")).isEqualTo(RunPhase.PAUSED);
        ledger.append("r", event(EventKind.RUN_RESUMED, "run", 2, "{}"));
        assertThat(phase("r")).isEqualTo(RunPhase.WAITING);

        ledger.append("r", event(EventKind.RUN_FINISHED, "run", 2, "{\"stop\":{\"kind\":\"TIME\",\"text\":\"over\"}}"));
        RunSummary ended = ledger.summary("r").orElseThrow();
        assertThat(ended.phase()).isEqualTo(RunPhase.FINISHED);
        assertThat(ended.stop()).contains("TIME");
        assertThat(ended.why()).contains("over");
        assertThat(ended.endedAt()).isPresent();

        ledger.append("r", event(EventKind.RUN_RESUMED, "run", 3, "{}"));
        RunSummary goesOn = ledger.summary("r").orElseThrow();
        assertThat(goesOn.phase()).isEqualTo(RunPhase.WAITING);
        assertThat(goesOn.stop()).isEmpty();
        assertThat(goesOn.endedAt()).isEmpty();
    }

    @Test
    void aListSaysWhatEachRunHasSpent() {
        create("r", "w", Map.of(), START.plusSeconds(1));
        for (int n = 1; n <= 3; n++) {
            ledger.reserve(
                    "r",
                    new SpendKey("call", "i=" + n, 1),
                    new Usage(1, 30, 12, 500),
                    Limits.NONE,
                    List.of(),
                    Optional.empty());
        }
        assertThat(ledger.runs(RunQuery.all()).runs())
                .extracting(RunSummary::spent)
                .containsExactly(new Spent(3, 126, 1_500), Spent.NOTHING);
    }

    @Test
    void labelsAreFoundByWhatTheyBeginWithToTheLetter() {
        create("a", "w", Map.of("k", "50%_1"), START.plusSeconds(1));
        create("b", "w", Map.of("k", "50%_2"), START.plusSeconds(2));
        create("c", "w", Map.of("k", "501x"), START.plusSeconds(3));
        create("d", "w", Map.of("other", "50%_1"), START.plusSeconds(4));
        assertThat(ledger.labelled("k", "50%_")).extracting(RunRecord::id).containsExactly("b", "a");
        assertThat(ledger.labelled("k", "50!")).isEmpty();
        String longer = "x".repeat(500);
        create("e", "w", Map.of("k", longer), START.plusSeconds(5));
        assertThat(ledger.labelled("k", longer)).extracting(RunRecord::id).containsExactly("e");
        assertThat(all(RunQuery.all().withLabel("k", longer))).containsExactly("e");
    }

    @Test
    void anotherTenantsRunIsNone() {
        create("r", "w", Map.of("tenant", "acme"), START);
        assertThat(ledger.run("acme", "r")).isPresent();
        assertThat(ledger.run("other", "r")).isEmpty();
        assertThat(ledger.run("default", "run-1")).isPresent();
    }

    @Test
    void aKeyIsTakenByOneOfManyCallersAndByEachTenantForItself() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<KeyedRun>> tries = IntStream.range(0, 60)
                    .<Callable<KeyedRun>>mapToObj(i -> () -> ledger.createRun(
                            new RunRecord(
                                    "r" + i, "w", "hash-1", "{\"labels\":{\"tenant\":\"t" + i % 2 + "\"}}", START),
                            new RequestKey("key", "asked")))
                    .toList();
            Set<KeyedRun> kept = new HashSet<>();
            for (Future<KeyedRun> one : threads.invokeAll(tries)) {
                kept.add(one.get());
            }
            assertThat(kept).hasSize(2).extracting(KeyedRun::request).containsOnly("asked");
            assertThat(all(RunQuery.of("t0"))).hasSize(1);
            assertThat(all(RunQuery.of("t1"))).hasSize(1);
        }
    }

    @Test
    void aDeploymentIsANewVersionOnlyWhenTheProgramIsAnotherThanTheLatest() {
        ledger.putProgram(new ProgramRecord("hash-2", "poem", "poem.yaml", "hone: 2", Map.of()));
        assertThat(ledger.deploy("acme", "poem", "hash-1", "ada").version()).isEqualTo(1);
        assertThat(ledger.deploy("acme", "poem", "hash-1", "bob").by()).isEqualTo("ada");
        assertThat(ledger.deploy("acme", "poem", "hash-2", "bob").version()).isEqualTo(2);
        assertThat(ledger.deploy("acme", "poem", "hash-1", "ada").version()).isEqualTo(3);
        assertThat(ledger.deploy("acme", "ode", "hash-1", "ada").version()).isEqualTo(1);
        assertThat(ledger.deploy("other", "poem", "hash-2", "eve").version()).isEqualTo(1);

        assertThat(ledger.versions("acme", "poem", 10))
                .extracting(Deployment::program)
                .containsExactly("hash-1", "hash-2", "hash-1");
        assertThat(ledger.deployment("acme", "poem", Optional.of(2))
                        .orElseThrow()
                        .program())
                .isEqualTo("hash-2");
        assertThat(ledger.deployment("acme", "poem", Optional.of(4))).isEmpty();
        DeploymentPage first = ledger.deployments("acme", Optional.empty(), 1);
        assertThat(first.deployments()).extracting(Deployment::workflow).containsExactly("ode");
        DeploymentPage second = ledger.deployments("acme", first.next().flatMap(Cursor::parse), 1);
        assertThat(second.deployments()).extracting(Deployment::version).containsExactly(3);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void whatATenantMaySpendIsWhatWasSaidLast() {
        LocalDate day = LocalDate.of(2026, 2, 28);
        Optional<Account> account = Optional.of(new Account("acme", day, calls(1), Limits.NONE));
        assertThat(reserve(1, account)).isEqualTo(new Reservation.Reserved());
        assertThat(reserve(2, account)).isInstanceOf(Reservation.Refused.class);

        ledger.limit("acme", Optional.of(calls(2)), "ada");
        assertThat(reserve(2, account)).isEqualTo(new Reservation.Reserved());
        assertThat(reserve(3, account))
                .isEqualTo(new Reservation.Refused("today's limit of the tenant 'acme'", "calls", 1, 0, 2));
        assertThat(ledger.limit("acme")).contains(calls(2));

        ledger.limit("acme", Optional.of(Limits.NONE), "ada");
        assertThat(reserve(3, account)).as("no limit").isEqualTo(new Reservation.Reserved());
        ledger.limit("acme", Optional.empty(), "ada");
        assertThat(ledger.limit("acme")).isEmpty();
        assertThat(reserve(4, account)).isInstanceOf(Reservation.Refused.class);
    }

    private Reservation reserve(int n, Optional<Account> account) {
        return ledger.reserve(
                "run-1", new SpendKey("call", "i=" + n, 1), new Usage(1, 0, 0, 0), Limits.NONE, List.of(), account);
    }

    private static Limits calls(long most) {
        return new Limits(OptionalLong.of(most), OptionalLong.empty(), OptionalLong.empty());
    }
}
