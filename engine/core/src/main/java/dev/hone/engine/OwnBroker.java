package dev.hone.engine;

import dev.hone.broker.BrokerOptions;
import dev.hone.broker.EmbeddedBroker;
import dev.hone.broker.Incident;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The broker that an engine starts for itself. While it cannot go on, nobody waits for runs in vain. */
final class OwnBroker implements AutoCloseable {

    private final EmbeddedBroker broker;
    private final Endings endings;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Consumer<Incident> onIncident = incident -> {};
    private volatile boolean dead;

    OwnBroker(Path dataDir, Endings endings) {
        this.endings = endings;
        this.broker = EmbeddedBroker.start(
                dataDir.resolve("broker"),
                BrokerOptions.defaults()
                        .withOnIncident(incident -> onIncident.accept(incident))
                        .withOnDeath(this::died));
        Thread.ofVirtual().name("hone-disk").start(this::watchDisk);
    }

    URI gateway() {
        return broker.gatewayAddress();
    }

    /** Tells from now on of what the broker is at a loss with, from any thread. */
    void onIncident(Consumer<Incident> listener) {
        onIncident = listener;
    }

    /** The broker pauses without a word when its disk is nearly full, and goes on when there is room again. */
    private void watchDisk() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                Optional<String> pause = broker.pause();
                if (pause.isPresent()) {
                    endings.halt(Problem.of(
                            ProblemCode.BROKER_FAILED,
                            pause.get(),
                            "Free some space there: the runs go on where they were, in this process or the next."));
                } else if (closed.getCount() > 0 && !dead) {
                    endings.goOn();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void died(String words) {
        dead = true;
        endings.halt(Problem.of(
                ProblemCode.BROKER_FAILED,
                "the embedded broker ended: " + words,
                "Start again with the same data directory: runs go on where they were."));
    }

    @Override
    public void close() {
        closed.countDown();
        broker.close();
    }
}
