package dev.hone.engine;

import static dev.hone.engine.SharedEngine.places;
import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static dev.hone.engine.SharedEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ReplayReport.Agreement;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import dev.hone.engine.world.GuessProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run that branches off another: the same up to a place, paid once, and its own from there on. */
@Tag("slow")
@Timeout(120)
@ExtendWith(SharedEngine.class)
class ForkTest {

    private static final Source GUESS = source("guess");
    private static final Source IMPATIENT = with(
            GUESS,
            "result: guesses",
            "  - {id: enough, fact: loop, when: \"round >= 1\", then: {exit: approach}}\nresult: guesses");

    private final Engine engine;

    ForkTest(Engine engine) {
        this.engine = engine;
    }

    private String ended(Source source, RunRequest request) throws InterruptedException {
        String run = engine.start(engine.deploy(source), request);
        engine.await(run);
        return run;
    }

    private static void refused(ProblemCode code, String words, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(EngineException.class, refused -> {
            assertThat(refused.problems().getFirst().code()).isEqualTo(code);
            assertThat(refused.problems().getFirst().fix()).isNotBlank();
            assertThat(refused.getMessage()).contains(words);
        });
    }

    private static List<String> told(List<RunEvent> events, EventKind... without) {
        List<EventKind> left = List.of(without);
        return events.stream()
                .filter(event -> !left.contains(event.kind()))
                .map(event -> event.element() + " " + event.iteration() + " " + event.attempt() + " " + event.kind()
                        + " " + without(event))
                .toList();
    }

    private static String without(RunEvent event) {
        return event.kind() == EventKind.RUN_FINISHED ? "" : event.body().replaceAll("\"(seen|instance)\":\\d+", "");
    }

    @Test
    void aForkSharesWhatWasBeforeAndBuysOnlyWhatComesAfter() throws Exception {
        Program guess = engine.deploy(GUESS);
        RunRequest asked = target(5).withSeed(4).withTenant("forker").withLabels(Map.of("project", "x"));
        String run = ended(GUESS, asked);
        long before = engine.before(run, "move", "approach=1");
        long bought = engine.events(run).stream()
                .filter(event -> event.kind() == EventKind.CALLED && event.seq() < before)
                .count();
        long spent = engine.budgets().spentToday("forker").calls();
        int calls = GuessProvider.CALLS.get();

        String fork = engine.fork(run, guess, before, "ada");
        RunResult result = engine.await(fork);

        RunResult original = engine.result(run).orElseThrow();
        long anew = original.spent().calls() - bought;
        assertThat(bought).isEqualTo(4);
        assertThat(GuessProvider.CALLS.get() - calls).isEqualTo((int) anew);
        assertThat(engine.budgets().spentToday("forker").calls() - spent).isEqualTo(anew);
        assertThat(result.spent()).isEqualTo(original.spent());
        assertThat(result.best()).isEqualTo(original.best());
        assertThat(result.stop()).isEqualTo(original.stop());
        assertThat(told(engine.events(fork), EventKind.RUN_STARTED))
                .isEqualTo(told(engine.events(run), EventKind.RUN_STARTED));
        assertThat(engine.summary(fork).forkOf()).contains(run);
        assertThat(engine.summary(fork).tenant()).isEqualTo("forker");
        RunSetup setup = RunSetup.parse(engine.run(fork).setup());
        assertThat(setup.forkOf().orElseThrow().before()).isEqualTo(before);
        assertThat(setup.labels()).containsEntry("project", "x");
        assertThat(engine.labelled("project", "x").keySet())
                .extracting(record -> record.id())
                .contains(run)
                .doesNotContain(fork);

        String replay = engine.replay(fork);
        engine.await(replay);
        assertThat(ReplayReport.of(engine.events(fork), engine.events(replay)).agrees())
                .isEqualTo(Agreement.SAME);
    }

    @Test
    void whereverItBranchesOffItComesToTheSameEnd() throws Exception {
        Program guess = engine.deploy(GUESS);
        String run = ended(GUESS, target(5).withSeed(4));
        RunResult original = engine.result(run).orElseThrow();
        List<RunEvent> events = engine.events(run);

        for (long before = 1; before <= events.size() + 1; before += 3) {
            RunResult result = engine.await(engine.fork(run, guess, before, "ada"));
            assertThat(result.best()).as("before %d", before).isEqualTo(original.best());
            assertThat(result.spent().calls())
                    .as("before %d", before)
                    .isEqualTo(original.spent().calls());
        }
    }

    @Test
    void otherRulesForkBeforeTheFirstDecisionThatTheyMakeDifferently() throws Exception {
        String run = ended(GUESS, target(5).withSeed(4));
        Program impatient = engine.deploy(IMPATIENT);
        int calls = GuessProvider.CALLS.get();

        String fork = engine.fork(run, impatient, "ada");
        RunResult result = engine.await(fork);

        assertThat(result.stop().rule()).contains("enough");
        assertThat(GuessProvider.CALLS.get()).as("calls made").isEqualTo(calls);
        assertThat(result.spent().calls()).isEqualTo(5);
        RunSetup.ForkOf from = RunSetup.parse(engine.run(fork).setup()).forkOf().orElseThrow();
        assertThat(engine.events(run).get((int) from.before() - 1).element()).isEqualTo("approach.decide");

        // Rules that stand in other lines are no other rules.
        Program moved = engine.deploy(with(GUESS, "flow:", "# a line more\nflow:"));
        refused(ProblemCode.NOT_RECORDED, "decides everything", () -> engine.fork(run, moved, "ada"));
    }

    @Test
    void otherRulesThatGoOnLongerAskForWhatWasNeverAsked() throws Exception {
        String run = ended(GUESS, target(5).withSeed(4).withParam("rounds", 1));
        Program patient = engine.deploy(with(GUESS, "max: \"= rounds\"", "max: \"= rounds + 1\""));

        String fork = engine.fork(run, patient, "ada");
        engine.await(fork);

        assertThat(places(engine.events(fork), EventKind.ROUND)).hasSize(2);
        assertThat(places(engine.events(fork), EventKind.CALLED)).doesNotHaveDuplicates();
    }

    @Test
    void aRunThatStillWaitsCanBeForkedAndItsQuestionIsPutAnew() throws Exception {
        Program people = engine.deploy(source("people"));
        String run = engine.start(people, target(5));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !engine.questions(run).isEmpty());

        String fork = engine.fork(run, people, engine.events(run).size() + 1, "ada");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !engine.questions(fork).isEmpty());
        engine.answer(engine.questions(fork).getFirst(), Json.object().put("choice", 1));

        assertThat(engine.await(fork).stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
        assertThat(engine.result(run)).isEmpty();
        engine.cancel(run);
    }

    @Test
    void whatCannotBeForkedIsSaid() throws Exception {
        Program guess = engine.deploy(GUESS);
        String run = ended(GUESS, target(5).withSeed(4));
        int events = engine.events(run).size();

        refused(ProblemCode.INPUT_TYPE, "no place", () -> engine.fork(run, guess, 0, "ada"));
        refused(ProblemCode.INPUT_TYPE, "no place", () -> engine.fork(run, guess, events + 2, "ada"));
        refused(ProblemCode.INPUT_TYPE, "characters", () -> engine.fork(run, guess, 1, ""));
        refused(ProblemCode.NOT_FOUND, "no run", () -> engine.fork("none", guess, 1, "ada"));
        refused(ProblemCode.NOT_RECORDED, "has not come to", () -> engine.before(run, "nowhere", ""));

        Program other = engine.deploy(source("long"));
        refused(
                ProblemCode.NOT_RECORDED,
                "could not have come to the event",
                () -> engine.fork(run, other, events, "ada"));
        Program renamed = engine.deploy(with(GUESS, "id: move", "id: march"));
        long before = engine.before(run, "move", "approach=1");
        refused(ProblemCode.NOT_RECORDED, "at move", () -> engine.fork(run, renamed, events, "ada"));
        assertThat(engine.await(engine.fork(run, renamed, before, "ada")).best())
                .as("before the step that has another name")
                .isPresent();

        String replay = engine.replay(run);
        engine.await(replay);
        refused(ProblemCode.WRONG_STATE, "is a replay", () -> engine.fork(replay, guess, 1, "ada"));
    }
}
