package dev.hone.engine.zeebe;

import dev.hone.broker.EmbeddedBroker;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/** A process that starts runs, says what happens to them, holds some of its jobs for ever, and waits to be killed. */
final class Doomed {

    static final int RUNS = 30;
    static final int STUCK = 4;

    private Doomed() {}

    static Process fork(Path data) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Doomed.class.getName(),
                        data.toString())
                .redirectError(Redirect.DISCARD)
                .start();
    }

    public static void main(String[] args) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]));
        System.out.println("broker " + broker.pid());
        Zeebe zeebe = Zeebe.connect(broker.gatewayAddress(), Processes.LEASE);
        long process = zeebe.deploy("one-step.bpmn", Processes.oneStep()).key();
        zeebe.work("step", RUNS, job -> {
            if (job.variables().contains("true")) {
                System.out.println("held " + job.instanceKey());
                Thread.sleep(Long.MAX_VALUE);
            }
            return Outcome.done();
        });
        zeebe.work("finish", 1, job -> {
            System.out.println("finished " + job.instanceKey());
            return Outcome.done();
        });
        for (int run = 0; run < RUNS; run++) {
            System.out.println("started " + zeebe.start(process, "{\"stuck\": " + (run < STUCK) + "}"));
        }
        Thread.sleep(Long.MAX_VALUE);
    }
}
