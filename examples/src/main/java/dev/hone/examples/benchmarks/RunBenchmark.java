package dev.hone.examples.benchmarks;

import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.RunRequest;
import dev.hone.engine.Source;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogManager;

/**
 * What a step of a run costs: a loop of a tool that does next to nothing, through compiler, broker, rules and ledger, with 1,
 * 50 and 200 runs at the same time.
 *
 * <p>A round has two steps, the tool and the decision whether to go on. The time of a step is that between two events of a run
 * that the ledger keeps, every flush to the disk included.
 */
public final class RunBenchmark {

    private static final String WORKFLOW = """
            hone: 1
            name: steps
            params: {rounds: 20}
            flow:
              - loop: {id: again, max: "= rounds"}
                do:
                  - exec: {tool: listprog-run, in: {program: reverse, cases: [{in: [1, 2], out: [2, 1]}]}, out: ran}
            """;

    private RunBenchmark() {}

    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset(); // numbers only
        Path data = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "benchmark-");
        System.out.println("Steps of whole runs. " + Machine.describe(data));
        long start = System.nanoTime();
        try (Engine engine = Engine.open(EngineOptions.at(data))) {
            System.out.printf("engine ready after %.0f ms%n", (System.nanoTime() - start) / 1e6);
            Program program = engine.deploy(new Source("steps.yaml", WORKFLOW));
            run(engine, program, 20, 20); // The JIT compilers of both processes.
            System.out.println(Timings.HEAD);
            run(engine, program, 1, 200).print(1);
            run(engine, program, 50, 20).print(50);
            run(engine, program, 200, 10).print(200);
            long broker =
                    ProcessHandle.current().children().findFirst().orElseThrow().pid();
            System.out.println(Machine.resident(ProcessHandle.current().pid(), broker));
        }
    }

    private static Timings run(Engine engine, Program program, int runs, int rounds) throws InterruptedException {
        RunRequest request = RunRequest.withoutInputs().withParam("rounds", rounds);
        long start = System.nanoTime();
        List<String> started = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            started.add(engine.start(program, request));
        }
        for (String run : started) {
            engine.await(run);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        List<Long> nanos = new ArrayList<>();
        for (String run : started) {
            List<RunEvent> steps = engine.events(run).stream()
                    .filter(event -> event.kind() == EventKind.OUTPUT || event.kind() == EventKind.ROUND)
                    .toList();
            for (int i = 1; i < steps.size(); i++) {
                nanos.add(Duration.between(steps.get(i - 1).at(), steps.get(i).at())
                        .toNanos());
            }
        }
        return Timings.of(nanos, 2.0 * runs * rounds / seconds);
    }
}
