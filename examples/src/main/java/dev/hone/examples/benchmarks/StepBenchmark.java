package dev.hone.examples.benchmarks;

import dev.hone.broker.EmbeddedBroker;
import dev.hone.engine.zeebe.Outcome;
import dev.hone.engine.zeebe.Zeebe;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * What a step costs when the step itself costs nothing: a loop of empty service tasks on the embedded broker, with 1, 50 and
 * 200 runs at the same time.
 *
 * <p>The time of a step is that from one call of the handler to the next of the same run: a complete command, the gateway's
 * condition, a new job, its way to us, and every flush to the disk in between.
 */
public final class StepBenchmark {

    /** As long as the engine's, so that none is renewed in between. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private StepBenchmark() {}

    /** @param args a gateway's address, or nothing for the embedded broker */
    public static void main(String[] args) throws Exception {
        Path data = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "benchmark-");
        System.out.println("Empty service tasks, Zeebe alone. " + Machine.describe(data));
        if (args.length > 0) {
            measure(URI.create(args[0]));
            return;
        }
        long start = System.nanoTime();
        try (EmbeddedBroker broker = EmbeddedBroker.start(data)) {
            System.out.printf("broker ready after %.0f ms%n", (System.nanoTime() - start) / 1e6);
            measure(broker.gatewayAddress());
            System.out.println(Machine.resident(ProcessHandle.current().pid(), broker.pid()));
        }
    }

    private static void measure(URI gateway) throws InterruptedException {
        try (Zeebe zeebe = Zeebe.connect(gateway, LEASE)) {
            zeebe.awaitReady(Duration.ofSeconds(30));
            long process = zeebe.deploy("loop.bpmn", loop()).key();
            run(zeebe, process, 20, 50); // The JIT compilers of both processes.
            System.out.println(Timings.HEAD);
            run(zeebe, process, 1, 500).print(1);
            run(zeebe, process, 50, 60).print(50);
            run(zeebe, process, 200, 20).print(200);
        }
    }

    private static Timings run(Zeebe zeebe, long process, int runs, int turns) throws InterruptedException {
        Map<Long, Progress> progress = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<Long> stepNanos = new ConcurrentLinkedQueue<>();
        CountDownLatch ended = new CountDownLatch(runs);
        AutoCloseable worker = zeebe.work("nothing", 1_000, job -> {
            long now = System.nanoTime();
            Progress then = progress.get(job.instanceKey());
            if (then != null) {
                stepNanos.add(now - then.at());
            }
            int turn = then == null ? 1 : then.turn() + 1;
            progress.put(job.instanceKey(), new Progress(turn, now));
            if (turn == turns) {
                ended.countDown();
            }
            return new Outcome.Done("{\"again\": " + (turn < turns) + "}");
        });
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            zeebe.start(process, "{}");
        }
        ended.await();
        long took = System.nanoTime() - start;
        try {
            worker.close();
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
        return Timings.of(stepNanos, runs * turns / (took / 1e9));
    }

    private record Progress(int turn, long at) {}

    private static byte[] loop() {
        var model = Bpmn.createExecutableProcess("loop")
                .startEvent()
                .exclusiveGateway("again")
                .serviceTask("step")
                .zeebeJobType("nothing")
                .exclusiveGateway("fork")
                .defaultFlow()
                .endEvent()
                .moveToNode("fork")
                .conditionExpression("again")
                .connectTo("again")
                .done();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Bpmn.writeModelToStream(out, model);
        return out.toByteArray();
    }
}
