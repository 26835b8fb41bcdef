package dev.hone.engine.zeebe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a run when its process goes away. */
@Tag("slow")
@Timeout(60)
class RestartTest {

    @TempDir
    Path data;

    private final Set<Long> started = new HashSet<>();
    private final Set<Long> held = new HashSet<>();
    private final Set<Long> finished = new HashSet<>();

    @Test
    void everyRunOfAKilledProcessIsFinishedByTheNext() throws Exception {
        long orphan = runUntilKilled();
        long killed = System.nanoTime();
        var broker = ProcessHandle.of(orphan);
        if (broker.isPresent()) {
            broker.get().onExit().get(10, TimeUnit.SECONDS); // by itself: nobody tells it
        }
        print("orphaned broker gone", killed);

        BlockingQueue<Long> ends = new LinkedBlockingQueue<>();
        try (EmbeddedBroker again = EmbeddedBroker.start(data);
                Zeebe zeebe = Zeebe.connect(again.gatewayAddress(), Processes.LEASE)) {
            print("broker ready again", killed);
            zeebe.work("step", 16, job -> Outcome.done());
            zeebe.work("finish", 16, job -> {
                ends.add(job.instanceKey());
                return Outcome.done();
            });
            while (!finished.containsAll(started)) {
                Long instance = ends.poll(30, TimeUnit.SECONDS);
                assertThat(instance).as("an unfinished run goes on").isNotNull();
                finished.add(instance);
                if (held.remove(instance) && held.isEmpty()) {
                    print("jobs that the killed process held done", killed);
                }
            }
            print("all done", killed);
        }
    }

    /** Returns the process id of the broker that the victim leaves behind. */
    private long runUntilKilled() throws Exception {
        Process victim = Doomed.fork(data);
        long broker = -1;
        try (BufferedReader says =
                new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
            while (started.size() < Doomed.RUNS || held.size() < Doomed.STUCK || finished.size() < Doomed.RUNS / 3) {
                String line = says.readLine();
                assertThat(line).as("the victim lives until we kill it").isNotNull();
                long number = Long.parseLong(line.substring(line.indexOf(' ') + 1));
                switch (line.substring(0, line.indexOf(' '))) {
                    case "broker" -> broker = number;
                    case "started" -> started.add(number);
                    case "held" -> held.add(number);
                    default -> finished.add(number);
                }
            }
        }
        victim.destroyForcibly();
        return broker;
    }

    @Test
    void aJobThatAClosedWorkerLeftIsDoneByTheNext() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data)) {
            CompletableFuture<Job> first = new CompletableFuture<>();
            try (Zeebe zeebe = Zeebe.connect(broker.gatewayAddress(), Processes.LEASE)) {
                long process =
                        zeebe.deploy("one-step.bpmn", Processes.oneStep()).key();
                zeebe.work("step", 1, job -> {
                    first.complete(job);
                    Thread.sleep(Duration.ofHours(1)); // until interrupted by close
                    return Outcome.done();
                });
                zeebe.start(process, "{}");
                first.get(20, TimeUnit.SECONDS);
            }
            long closed = System.nanoTime();
            CompletableFuture<Job> second = new CompletableFuture<>();
            try (Zeebe zeebe = Zeebe.connect(broker.gatewayAddress(), Processes.LEASE)) {
                zeebe.work("step", 1, job -> {
                    second.complete(job);
                    return Outcome.done();
                });
                assertThat(second.get(20, TimeUnit.SECONDS).key())
                        .isEqualTo(first.get().key());
                print("job of a closed worker delivered again", closed);
            }
        }
    }

    private static void print(String what, long since) {
        System.out.println("RestartTest: " + what + " after "
                + Duration.ofNanos(System.nanoTime() - since).toMillis() + " ms");
    }
}
