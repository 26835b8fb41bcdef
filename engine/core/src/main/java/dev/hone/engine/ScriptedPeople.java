package dev.hone.engine;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ScriptedPerson;
import dev.hone.dsl.ScriptedPerson.Script;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.RunSetup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Answers the questions of runs that have a scripted person, as soon as they are put and in the way in which everybody
 * answers: whoever is quicker is heard, and what the script does not have waits for somebody else.
 */
final class ScriptedPeople {

    private static final System.Logger LOG = System.getLogger(ScriptedPeople.class.getName());

    private final Ledger ledger;
    private final People people;
    private final BiConsumer<String, Problem> stuck;
    private final CountDownLatch closed;
    private final Map<String, Optional<Attendant>> attendants = new ConcurrentHashMap<>();
    /** Questions that an answer is on its way to. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** The person of a run. */
    private record Attendant(ScriptedPerson person, RunSetup setup) {}

    /**
     * @param stuck ends a run whose script gives no answer
     * @param closed opens when nobody is to answer any longer
     */
    ScriptedPeople(Ledger ledger, People people, BiConsumer<String, Problem> stuck, CountDownLatch closed) {
        this.ledger = ledger;
        this.people = people;
        this.stuck = stuck;
        this.closed = closed;
    }

    /** Hears of everything that happens. */
    void notice(RunEvent event) {
        if (event.kind() == EventKind.QUESTION) {
            Thread.ofVirtual().name("hone-person").start(() -> answerAll(event.run()));
        } else if (event.kind() == EventKind.RUN_FINISHED) {
            forget(event.run());
        }
    }

    /** Lets go of a run that has ended. */
    void forget(String run) {
        attendants.remove(run);
    }

    /** Answers what a run asked before this process knew of it. */
    void goOn(String run) {
        Thread.ofVirtual().name("hone-person").start(() -> answerAll(run));
    }

    /** Whether the person of its run has something to say to a question. */
    boolean answers(Question question) {
        return script(question).isPresent();
    }

    private Optional<Script> script(Question question) {
        return attendant(question.run()).flatMap(attendant -> attendant.person().answer(question.step()));
    }

    private Optional<Attendant> attendant(String run) {
        return attendants.computeIfAbsent(
                run,
                id -> ledger.run(id)
                        .map(RunRecord::setup)
                        .map(RunSetup::parse)
                        .flatMap(setup -> setup.person().map(file -> new Attendant(file.person(), setup))));
    }

    private void answerAll(String run) {
        try {
            if (attendant(run).isPresent()) {
                open(run).stream()
                        .filter(question -> underWay.add(question.id()))
                        .forEach(question ->
                                Thread.ofVirtual().name("hone-person").start(() -> answer(question)));
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private List<Question> open(String run) {
        return Question.open(ledger.events(run, 0, Integer.MAX_VALUE));
    }

    private void answer(Question question) {
        try {
            Optional<Script> script = script(question);
            if (script.isPresent()) {
                give(script.get(), question);
            }
        } catch (EngineException e) {
            if (closed.getCount() > 0 && open(question.run()).contains(question)) {
                stuck.accept(question.run(), e.problems().getFirst());
            } // else somebody else answered, or the time for it is over
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            underWay.remove(question.id());
        }
    }

    private void give(Script script, Question question) throws InterruptedException {
        Optional<ScriptedAnswer> answer = ScriptedAnswer.of(
                script, question, attendant(question.run()).orElseThrow().setup());
        if (answer.isEmpty()) {
            return;
        }
        Instant due = question.at().plusMillis(Math.round(answer.get().delay() * 1000));
        long wait = Duration.between(ledger.now(), due).toMillis();
        if (wait <= 0 || !closed.await(wait, TimeUnit.MILLISECONDS)) {
            people.answer(question, answer.get().given(), "script", answer.get().seconds());
        }
    }

    /** What was asked stays asked: the next process answers. */
    private void failed(RuntimeException e) {
        if (closed.getCount() > 0) {
            LOG.log(System.Logger.Level.ERROR, "a scripted person cannot answer", e);
        }
    }
}
