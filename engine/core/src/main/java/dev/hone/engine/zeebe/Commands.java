package dev.hone.engine.zeebe;

import dev.hone.engine.zeebe.ZeebeException.Rejected.Reason;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.FinalCommandStep;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Sends commands, again when the first try did not get through. */
final class Commands {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final String address;

    Commands(String address) {
        this.address = address;
    }

    /**
     * Whether a command may be sent twice.
     *
     * <p>AGAIN: the second one changes nothing or is refused. ONCE: it would do the thing twice, so only a refusal that says
     * "not now" is followed by another try.
     */
    enum Repeat {
        AGAIN,
        ONCE
    }

    /**
     * The answer to a command, waited for on the calling thread.
     *
     * @param what completes "asked to ...": deploy poem.bpmn
     * @param patience how long to go on trying
     */
    <T> T send(String what, Repeat repeat, Duration patience, Supplier<FinalCommandStep<T>> command) {
        long giveUpAt = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return command.get().send().join();
            } catch (ClientStatusException error) {
                Status.Code code = error.getStatusCode();
                if (!transientFailure(code, repeat)) {
                    throw failure(what, error);
                }
                if (System.nanoTime() + pause.toNanos() > giveUpAt) {
                    throw new ZeebeException.Unreachable(address, what, error);
                }
            } catch (ClientException error) {
                if (error.getCause() instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                throw new ZeebeException.Unreachable(address, what, error);
            }
            sleep(pause, what);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static boolean transientFailure(Status.Code code, Repeat repeat) {
        return switch (code) {
            case RESOURCE_EXHAUSTED -> true;
            case UNAVAILABLE, DEADLINE_EXCEEDED -> repeat == Repeat.AGAIN;
            default -> false;
        };
    }

    private ZeebeException failure(String what, ClientStatusException error) {
        return switch (error.getStatusCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, UNIMPLEMENTED ->
                new ZeebeException.Unreachable(address, what, error);
            default -> rejected(what, error);
        };
    }

    private static ZeebeException.Rejected rejected(String what, ClientStatusException error) {
        String words = error.getStatus().getDescription();
        Reason reason = switch (error.getStatusCode()) {
            case NOT_FOUND -> Reason.NOT_FOUND;
            case ALREADY_EXISTS -> Reason.ALREADY_EXISTS;
            default -> Reason.OTHER;
        };
        return new ZeebeException.Rejected(what, reason, words == null ? error.toString() : words, error);
    }

    static boolean notFound(Throwable error) {
        Throwable at = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return at instanceof ClientStatusException status && status.getStatusCode() == Status.Code.NOT_FOUND;
    }

    private void sleep(Duration pause, String what) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ZeebeException.Unreachable(address, what, interrupted);
        }
    }
}
