package dev.hone.server.evals;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Deployed;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.RunResult;
import dev.hone.engine.work.Json;
import dev.hone.eval.Experiment;
import dev.hone.eval.Known;
import dev.hone.eval.Reports;
import dev.hone.eval.Runner;
import dev.hone.eval.Tally;
import dev.hone.eval.Trials;
import dev.hone.eval.Unit;
import dev.hone.server.Release;
import dev.hone.server.error.ProblemDocument;
import dev.hone.server.store.EvalJob;
import dev.hone.server.store.EvalJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One evaluation, as this node works on it. */
final class EvalRun implements Runnable {

    private static final System.Logger LOG = System.getLogger(EvalRun.class.getName());

    private final Engine engine;
    private final EvalJobs jobs;
    private final String node;
    private final EvalJob job;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Runner runner;
    private volatile @Nullable Tally tally;
    private volatile boolean ended;
    private volatile boolean left;

    EvalRun(Engine engine, EvalJobs jobs, String node, EvalJob job) {
        this.engine = engine;
        this.jobs = jobs;
        this.node = node;
        this.job = job;
    }

    /** By which the runs of a job are found. */
    static String key(String job) {
        return "eval/" + job;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            if (job.state() == EvalJob.State.CANCELLED) {
                clear();
            } else {
                work();
            }
        } catch (InterruptedException e) {
            // Another node has it, or this one stops: the runs go on, and whoever takes the job finds them.
        } catch (EngineException e) {
            fail(e.problems());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "defect in the evaluation " + job.id(), e);
            fail(List.of(Problem.of(
                    ProblemCode.INTERNAL, "a defect of the server ended it.", "Report it with the server's log.")));
        } finally {
            ended = true;
            release();
        }
    }

    private void work() throws InterruptedException {
        Deployed deployed = engine.deployments().get(job.tenant(), job.workflow(), Optional.of(job.version()));
        Experiment experiment = EvalStart.parse(job.request()).experiment(engine.workshop(), deployed, job.tenant());
        Known found = Known.latest(engine, key(job.id()));
        Known known = found.isThere() ? found : found.anew(engine);
        Trials trials = experiment.trials(known.id());
        Tally counted = new Tally(trials, experiment.evaluation().primary(), Instant.now());
        Runner running = new Runner(engine, trials, known, job.round() > 1, counted);
        tally = counted;
        runner = running;
        Map<Unit, RunResult> results = running.run();
        if (results.size() == trials.runs() && !running.isCancelled()) {
            Reports reports = new Reports(experiment.evaluation().measured(engine, trials, results, Release.VERSION));
            jobs.done(node, job, reports.json(), progress().orElseThrow(), Instant.now());
        }
    }

    /** Ends what a node has left of a job that was cancelled. */
    private void clear() {
        Known.latest(engine, key(job.id())).runs().values().stream()
                .filter(run -> engine.result(run.id()).isEmpty())
                .forEach(run -> engine.cancel(run.id()));
    }

    /** Not when it was left: what an interrupt breaks is no failure. */
    private void fail(List<Problem> problems) {
        if (left) {
            return;
        }
        String json = Json.MAPPER
                .valueToTree(problems.stream().map(ProblemDocument.Item::of).toList())
                .toString();
        try {
            jobs.failed(node, job, json, Instant.now());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the evaluation " + job.id() + " is begun again: " + e.getMessage());
        }
    }

    private void release() {
        try {
            jobs.release(node, job.id());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the evaluation " + job.id() + " is free later: " + e.getMessage());
        }
    }

    /** Says that this node is at it; ends it when somebody has cancelled it, leaves it when another node has it. */
    void tend(Duration lease) {
        if (ended || job.state() == EvalJob.State.CANCELLED) {
            return;
        }
        switch (tell(Instant.now().plus(lease))) {
            case HELD -> {}
            case ENDED -> {
                Runner running = runner;
                if (running != null) {
                    running.cancel();
                }
            }
            case LOST -> leave();
        }
    }

    private EvalJobs.Hold tell(Instant until) {
        return jobs.renew(node, job, progress(), until);
    }

    private Optional<String> progress() {
        Tally counted = tally;
        return counted == null
                ? Optional.empty()
                : Optional.of(
                        Json.MAPPER.valueToTree(counted.standing(Instant.now())).toString());
    }

    /** Lets its runs go on and works on it no more. */
    void leave() {
        left = true;
        Thread working = thread;
        if (working != null) {
            working.interrupt();
        }
    }

    boolean ended() {
        return ended;
    }
}
