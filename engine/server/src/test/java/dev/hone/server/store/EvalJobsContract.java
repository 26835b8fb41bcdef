package dev.hone.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.ledger.Ledger;
import dev.hone.server.store.EvalJob.State;
import dev.hone.server.store.EvalJobs.Hold;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes share the evaluations, whatever database they are in: each is one node's, until it no longer says so. */
abstract class EvalJobsContract {

    private static final Duration LEASE = Duration.ofSeconds(30);
    static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private static final Instant LATER = NOW.plus(LEASE).plusSeconds(1);

    private Ledger ledger;
    EvalJobs jobs;

    abstract Ledger open();

    @BeforeEach
    void openWithOurTables() {
        ledger = open();
        ledger.accompany(new Outbox());
        jobs = new EvalJobs(ledger.database());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    final EvalJob add(String id, Instant at) {
        EvalJob job = new EvalJob(
                id,
                "acme",
                "shift",
                1,
                "{}",
                State.QUEUED,
                1,
                Optional.empty(),
                Optional.empty(),
                "ada",
                at,
                Optional.empty());
        jobs.add(job);
        return job;
    }

    private State state(String id) {
        return jobs.find("acme", id).orElseThrow().state();
    }

    final EvalJob claim(String node, Instant at) {
        return jobs.claim(node, at, LEASE).orElseThrow();
    }

    @Test
    void eachIsTakenByOneNodeTheOldestFirst() {
        add("two", NOW.plusSeconds(1));
        add("one", NOW);

        assertThat(claim("a", NOW).id()).isEqualTo("one");
        assertThat(claim("b", NOW).id()).isEqualTo("two");
        assertThat(jobs.claim("c", NOW, LEASE)).isEmpty();
        assertThat(state("one")).isEqualTo(State.RUNNING);
        assertThat(jobs.open("acme")).isEqualTo(2);
    }

    @Test
    void whatANodeHasNotSaidForLongAnotherOneTakes() {
        add("one", NOW);
        EvalJob ofA = claim("a", NOW);
        assertThat(jobs.renew("a", ofA, Optional.of("{\"done\":1}"), NOW.plus(LEASE)))
                .isEqualTo(Hold.HELD);

        EvalJob ofB = claim("b", LATER);

        assertThat(ofB.progress()).contains("{\"done\":1}");
        assertThat(jobs.renew("a", ofA, Optional.empty(), LATER)).isEqualTo(Hold.LOST);
        jobs.done("a", ofA, "{}", "{}", LATER);
        jobs.release("a", "one");
        assertThat(state("one")).as("it is no longer a's to end").isEqualTo(State.RUNNING);
        assertThat(jobs.renew("b", ofB, Optional.empty(), LATER.plus(LEASE))).isEqualTo(Hold.HELD);
        assertThat(jobs.find("acme", "one").orElseThrow().progress())
                .as("what was said stays")
                .contains("{\"done\":1}");
        jobs.done("b", ofB, "{\"rows\":[]}", "{}", LATER);
        assertThat(jobs.measured("one")).contains("{\"rows\":[]}");
        assertThat(jobs.find("acme", "one").orElseThrow().endedAt()).contains(LATER);
        assertThat(jobs.claim("c", LATER.plus(LEASE).plusSeconds(1), LEASE))
                .map(EvalJob::id)
                .isEmpty();
    }

    @Test
    void oneThatIsCancelledIsToldToItsNodeAndOneThatIsResumedToTheNext() {
        add("one", NOW);
        EvalJob ofA = claim("a", NOW);

        assertThat(jobs.cancel("one", NOW)).isTrue();
        assertThat(jobs.cancel("one", NOW)).isFalse();
        assertThat(jobs.renew("a", ofA, Optional.empty(), NOW.plus(LEASE))).isEqualTo(Hold.ENDED);
        jobs.done("a", ofA, "{}", "{}", NOW);
        assertThat(state("one")).isEqualTo(State.CANCELLED);

        assertThat(jobs.resume("one")).isTrue();
        assertThat(jobs.resume("one")).isFalse();
        assertThat(jobs.renew("a", ofA, Optional.empty(), NOW.plus(LEASE)))
                .as("this is another round")
                .isEqualTo(Hold.ENDED);
        assertThat(jobs.claim("b", NOW, LEASE)).as("a has not left it yet").isEmpty();
        jobs.release("a", "one");
        EvalJob ofB = claim("b", NOW);
        assertThat(ofB.round()).isEqualTo(2);
        jobs.failed("b", ofB, "[]", NOW);
        assertThat(state("one")).isEqualTo(State.FAILED);
        assertThat(jobs.resume("one")).isTrue();
    }

    @Test
    void theRunsOfACancelledOneWhoseNodeIsGoneAreLeftToAnother() {
        add("one", NOW);
        EvalJob unused = claim("a", NOW);
        jobs.cancel("one", NOW);

        EvalJob left = claim("b", LATER);

        assertThat(left.state()).isEqualTo(State.CANCELLED);
        assertThat(state("one")).isEqualTo(State.CANCELLED);
        jobs.release("b", "one");
        assertThat(jobs.claim("c", LATER.plus(LEASE).plusSeconds(1), LEASE)).isEmpty();
    }
}
