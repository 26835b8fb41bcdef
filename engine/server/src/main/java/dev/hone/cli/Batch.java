package dev.hone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Workflow.Control;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.StopReason;
import dev.hone.engine.compile.Controls;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.RunRecord;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A workflow on many cases, beside the controls that it names: the same cases, the same seeds, and for independent samples as
 * many calls as the workflow made on that case.
 */
final class Batch {

    private static final String BATCH = "batch";
    private static final String ARM = "arm";
    private static final String CASE = "case";

    /** The critiques of this many other cases are shuffled into a case. */
    private static final int DONORS = 3;

    private final Engine engine;
    private final Program program;
    private final Source source;
    private final RunRequest request;
    private final List<ObjectNode> cases;
    private final int parallel;
    private final PrintWriter screen;

    /** Runs that an earlier process of this batch started, by arm and case. */
    private final Map<String, RunRecord> earlier = new ConcurrentHashMap<>();

    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    Batch(
            Engine engine,
            Program program,
            Source source,
            RunRequest request,
            List<ObjectNode> cases,
            int parallel,
            PrintWriter screen) {
        this.engine = engine;
        this.program = program;
        this.source = source;
        this.request = request;
        this.cases = cases;
        this.parallel = parallel;
        this.screen = screen;
    }

    /** Runs what is missing, prints the table, and returns the exit code. */
    int run(Earlier.Wish wish, boolean json, PrintWriter out) throws InterruptedException {
        String batch = choose(wish);
        engine.deploy(program, source);
        try (Interrupt interrupt = new Interrupt(this::cancel)) {
            Map<Arm, List<RunResult>> results = arms(batch);
            if (interrupt.happened()) {
                screen.println("Cancelled. What was made is kept: --resume goes on with the rest.");
                screen.flush();
                return Exit.CANCELLED;
            }
            BatchReport report = new BatchReport(program.workflow(), request.seed(), results);
            if (json) {
                out.println(report.json().toPrettyString());
            } else {
                report.print(out);
            }
            out.flush();
            return report.failed() ? Exit.FAILED : Exit.DONE;
        }
    }

    private Map<Arm, List<RunResult>> arms(String batch) throws InterruptedException {
        Map<Arm, List<RunResult>> results = new java.util.EnumMap<>(Arm.class);
        List<RunResult> own = arm(Arm.WORKFLOW, batch, program, i -> request(i));
        results.put(Arm.WORKFLOW, own);
        Optional<Program> samples = engine.workshop().compileIndependentSamples(source);
        for (Control control : program.workflow().controls()) {
            if (cancelled) {
                return results;
            }
            switch (control.kind()) {
                case SINGLE_SAMPLE -> {
                    if (samples.isPresent()) {
                        results.put(
                                Arm.SINGLE_SAMPLE, arm(Arm.SINGLE_SAMPLE, batch, samples.get(), i -> samples(i, 1)));
                    }
                }
                case IID_SAME_BUDGET -> {
                    if (samples.isPresent()) {
                        results.put(
                                Arm.IID_SAME_BUDGET,
                                arm(
                                        Arm.IID_SAME_BUDGET,
                                        batch,
                                        samples.get(),
                                        i -> samples(
                                                i,
                                                Math.max(1, own.get(i).spent().calls()))));
                    }
                }
                case CONSTANT_FEEDBACK ->
                    results.put(Arm.CONSTANT_FEEDBACK, placebo(Arm.CONSTANT_FEEDBACK, batch, control));
                case NO_MEMORY -> results.put(Arm.NO_MEMORY, placebo(Arm.NO_MEMORY, batch, control));
                case LENGTH_ONLY -> results.put(Arm.LENGTH_ONLY, placebo(Arm.LENGTH_ONLY, batch, control));
                case SHUFFLED_FEEDBACK ->
                    results.put(
                            Arm.SHUFFLED_FEEDBACK,
                            arm(
                                    Arm.SHUFFLED_FEEDBACK,
                                    batch,
                                    program,
                                    i -> request(i).withFeedbackFrom(donors(own, i))));
            }
        }
        return results;
    }

    /** The same program, with a part of it made worthless. */
    private List<RunResult> placebo(Arm arm, String batch, Control control) throws InterruptedException {
        return arm(arm, batch, program, i -> request(i).withControl(control.kind()));
    }

    private RunRequest request(int i) {
        return request.withInputs(cases.get(i)).withSeed(request.seed() + i);
    }

    private RunRequest samples(int i, long samples) {
        return request(i).withParam(Controls.SAMPLES, samples);
    }

    private List<String> donors(List<RunResult> own, int i) {
        return IntStream.rangeClosed(1, Math.min(DONORS, cases.size() - 1))
                .mapToObj(step -> own.get((i + step) % cases.size()).run())
                .toList();
    }

    // --- one arm

    private List<RunResult> arm(Arm arm, String batch, Program program, IntFunction<RunRequest> requests)
            throws InterruptedException {
        engine.deploy(program, source);
        List<RunResult> results = new ArrayList<>();
        try (ExecutorService pool =
                Executors.newFixedThreadPool(parallel, Thread.ofVirtual().factory())) {
            List<Future<Optional<RunResult>>> futures = new ArrayList<>();
            for (int i = 0; i < cases.size(); i++) {
                int index = i;
                futures.add(pool.submit(() -> one(arm, batch, program, index, requests)));
            }
            for (Future<Optional<RunResult>> future : futures) {
                future.get().ifPresent(results::add);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
        return results;
    }

    private Optional<RunResult> one(Arm arm, String batch, Program program, int i, IntFunction<RunRequest> requests)
            throws InterruptedException {
        if (cancelled) {
            return Optional.empty();
        }
        Map<String, String> labels = new HashMap<>(Map.of(BATCH, batch, ARM, arm.name(), CASE, String.valueOf(i + 1)));
        RunRecord known = earlier.get(place(labels));
        String run;
        if (known == null) {
            run = engine.start(program, requests.apply(i).withLabels(labels));
        } else {
            run = known.id();
            if (engine.result(run).filter(Earlier::endedEarly).isPresent()) {
                engine.resume(run);
            }
        }
        active.add(run);
        if (cancelled) {
            engine.cancel(run);
        }
        RunResult result = engine.await(run);
        active.remove(run);
        say(arm, i, result);
        return Optional.of(result);
    }

    private synchronized void say(Arm arm, int i, RunResult result) {
        screen.println(String.format(
                Locale.ROOT,
                "%-20s %3d/%d  %-10s %-12s %6.2f s  %-24s %s",
                arm.word(),
                i + 1,
                cases.size(),
                result.stop().kind().name().toLowerCase(Locale.ROOT),
                Report.cost(result.spent()),
                result.seconds(),
                result.best()
                        .flatMap(RunResult.Best::score)
                        .map(score -> "best score " + Report.number(dev.hone.engine.work.Json.node(score)))
                        .orElse(""),
                result.stop().kind() == StopReason.Kind.PROBLEM ? result.stop().text() : ""));
        screen.flush();
    }

    private void cancel() {
        cancelled = true;
        active.forEach(engine::cancel);
    }

    // --- earlier processes

    /** The batch to go on with, or the name of a new one. */
    private String choose(Earlier.Wish wish) {
        String key = Earlier.key(program, request, cases);
        Map<RunRecord, Map<String, String>> known = Earlier.labelled(engine, BATCH, key + ".");
        int latest = known.values().stream()
                .mapToInt(labels -> number(labels.getOrDefault(BATCH, "")))
                .max()
                .orElse(0);
        Map<String, RunRecord> runs = new HashMap<>();
        known.forEach((run, labels) -> {
            if (number(labels.getOrDefault(BATCH, "")) == latest) {
                runs.put(place(labels), run);
            }
        });
        boolean goOn = switch (wish) {
            case ANEW -> false;
            case RESUME -> latest > 0;
            case GO_ON -> latest > 0 && wasKilled(runs);
        };
        if (goOn) {
            earlier.putAll(runs);
            screen.println("Going on with the batch of which " + runs.size() + " runs were started before.");
            return key + "." + latest;
        }
        runs.values().stream().filter(run -> engine.result(run.id()).isEmpty()).forEach(run -> engine.cancel(run.id()));
        return key + "." + (latest + 1);
    }

    /** Whether something is missing though nobody cancelled it. */
    private boolean wasKilled(Map<String, RunRecord> runs) {
        List<Optional<RunResult>> ends =
                runs.values().stream().map(run -> engine.result(run.id())).toList();
        boolean all = ends.stream().allMatch(Optional::isPresent)
                && runs.size()
                        == cases.size() * (1 + program.workflow().controls().size());
        return !all
                && ends.stream()
                        .flatMap(Optional::stream)
                        .noneMatch(end -> end.stop().kind() == StopReason.Kind.CANCELLED);
    }

    private static int number(String batch) {
        return Integer.parseInt(batch.substring(batch.lastIndexOf('.') + 1));
    }

    private static String place(Map<String, String> labels) {
        return labels.get(ARM) + "/" + labels.get(CASE);
    }
}
