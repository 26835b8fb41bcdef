package dev.hone.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.compile.Params;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.Forks;
import dev.hone.engine.work.Inputs;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import dev.hone.engine.work.Runs;
import dev.hone.engine.work.Worker;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What operators do with a run that there is: stop it, let it go on, give it more, branch off from it. */
final class Steering {

    private final Ledger ledger;
    private final Programs programs;
    private final Runs runs;
    private final Worker worker;
    private final Instances instances;
    private final Starter starter;
    private final Endings endings;
    private final People people;
    private final ScriptedPeople scripted;

    Steering(
            Ledger ledger,
            Programs programs,
            Runs runs,
            Worker worker,
            Instances instances,
            Starter starter,
            Endings endings,
            People people,
            ScriptedPeople scripted) {
        this.ledger = ledger;
        this.programs = programs;
        this.runs = runs;
        this.worker = worker;
        this.instances = instances;
        this.starter = starter;
        this.endings = endings;
        this.people = people;
        this.scripted = scripted;
    }

    RunResult cancel(String run) {
        Optional<RunResult> earlier = History.result(ledger, run);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        worker.cancelCalls(run);
        ledger.announceCancelling(run);
        instances.cancel(run);
        return worker.finish(run, StopReason.of(StopReason.Kind.CANCELLED, "the run was cancelled"));
    }

    void resume(RunRecord run, String by) {
        instances.alone(run.id(), () -> goOn(run, by));
    }

    private String goOn(RunRecord record, String by) {
        String run = record.id();
        boolean paused = runs.paused(run);
        if (paused) {
            instances.cancel(run);
        }
        if (runs.resume(run, by)) {
            if (!paused) {
                endings.renew(run);
            }
            instances.start(run, record.program(), runs.generation(run));
            people.deliver(run);
            scripted.goOn(run);
        }
        return run;
    }

    void pause(RunRecord record, String by, String because) {
        Operations.checkWho(by);
        Operations.checkWhy(because);
        String run = record.id();
        instances.alone(run, () -> {
            if (!runs.pause(run, by, because)) {
                History.result(ledger, run).ifPresent(end -> {
                    throw Operations.ended(run, end, "Only a run that goes on can be paused.");
                });
            }
            instances.cancel(run);
            return run;
        });
    }

    void raise(RunRecord record, Map<Workflow.Resource, BigDecimal> more, String by) {
        Operations.checkWho(by);
        Operations.checkMore(programs.program(record.program()).workflow(), more);
        String run = record.id();
        instances.alone(run, () -> {
            Operations.checkRaise(run, RunSetup.parse(record.setup()), History.result(ledger, run));
            runs.raise(run, more, by);
            // The broker's clock of an instance is set when that begins.
            if (more.containsKey(Workflow.Resource.SECONDS) && runs.pause(run, by, "the wall time was raised")) {
                goOn(record, by);
            }
            return run;
        });
    }

    String replay(RunRecord run, Program program) {
        if (History.result(ledger, run.id()).isEmpty()) {
            throw Queries.problem(
                    ProblemCode.NOT_RECORDED,
                    "the run " + run.id() + " has not ended.",
                    "Wait for its end, or cancel it; what it has heard until then can be replayed.");
        }
        RunSetup recorded = RunSetup.parse(run.setup());
        return starter.create(program, recorded.replaying(run.id(), params(program, recorded)), Optional.empty());
    }

    String fork(RunRecord record, Program program, long before, String by) {
        Operations.checkWho(by);
        String run = record.id();
        RunSetup setup = RunSetup.parse(record.setup());
        List<RunEvent> events = ledger.events(run, 0, Integer.MAX_VALUE);
        Operations.checkFork(run, setup, events, before);
        ObjectNode params = params(program, setup);
        Forks shared = new Forks(record, events, before);
        Instant now = ledger.now().truncatedTo(ChronoUnit.MICROS);
        Instant began = shared.began(now);
        RunSetup.ForkOf from = new RunSetup.ForkOf(run, before, by, began.toString());
        RunRecord fork = new RunRecord(
                Starter.newId(),
                program.name(),
                program.hash(),
                setup.forking(from, params).json(),
                now);
        List<RunEvent> first = shared.events(fork.id(), began);
        runs.stranger(fork, first).ifPresent(event -> {
            throw Operations.stranger(program, event);
        });
        return instances.alone(fork.id(), () -> {
            ledger.fork(fork, run, first);
            return starter.begin(fork.id(), program);
        });
    }

    /** The recorded parameters, as far as a program has them, and its own others. */
    private static ObjectNode params(Program program, RunSetup recorded) {
        List<Problem> problems = new ArrayList<>(Inputs.check(program.workflow(), recorded.inputs()));
        Map<String, @Nullable Object> known = Json.plainObject(recorded.params());
        known.keySet().retainAll(program.workflow().params().keySet());
        Map<String, @Nullable Object> params = Params.of(program.workflow(), known, problems);
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        return (ObjectNode) Json.node(params);
    }
}
