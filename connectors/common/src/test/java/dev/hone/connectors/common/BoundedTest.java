package dev.hone.connectors.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.Refusals;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private static CallContext context(Duration timeout, Cancellation cancellation) {
        return new CallContext("run", "step", "", 1, 1, timeout, cancellation);
    }

    private Object forever(CallContext context) throws ConnectorException {
        return Bounded.run(context, "it", stopped::countDown, () -> {
            begun.countDown();
            return new CompletableFuture<>().join();
        });
    }

    @Test
    void it_gives_what_the_work_gives() throws ConnectorException {
        assertThat(Bounded.<Integer>run(CallContext.standalone(1), "it", stopped::countDown, () -> 3))
                .isEqualTo(3);
        assertThat(stopped.getCount()).isEqualTo(1);
    }

    @Test
    void the_refusal_of_the_work_is_its_own() {
        ConnectorException own = new ConnectorException(Kind.BUSY, "busy", "wait");
        assertThat(Refusals.of(
                        Kind.BUSY,
                        () -> Bounded.run(CallContext.standalone(1), "it", () -> {}, () -> {
                            throw own;
                        })))
                .isSameAs(own);
    }

    @Test
    void work_that_takes_too_long_is_stopped() throws InterruptedException {
        Refusals.of(Kind.TIMEOUT, () -> forever(context(Duration.ofMillis(20), new Cancellation())));
        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void work_of_a_cancelled_run_is_stopped() throws Exception {
        Cancellation run = new Cancellation();
        Thread canceller = Thread.ofVirtual().start(() -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            run.cancel();
        });
        Refusals.of(Kind.CANCELLED, () -> forever(context(Duration.ofMinutes(1), run)));
        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        canceller.join();
    }

    @Test
    void a_defect_is_told_as_one() {
        Refusals.of(
                Kind.BROKEN,
                () -> Bounded.run(CallContext.standalone(1), "it", () -> {}, () -> {
                    throw new IllegalStateException("oops");
                }));
    }
}
