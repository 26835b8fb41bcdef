package dev.hone.engine.zeebe;

import dev.hone.engine.zeebe.Commands.Repeat;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobWorker;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the jobs of one type: each becomes one call of the handler, and its outcome one command. */
final class Worker implements AutoCloseable {

    /**
     * Jobs that may wait here for their turn. Zeebe pushes jobs whether we have room or not, and one stuck in a socket would
     * lose its lease unseen and come twice; so we accept them all, and the semaphore does the bounding.
     */
    private static final int WAITING_ROOM = 10_000;

    private static final Duration COMMAND_PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE_AFTER_DEFECT = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final CamundaClient client;
    private final Commands commands;
    private final Leases leases;
    private final Semaphore turns;
    private final JobHandler handler;
    private final JobWorker stream;
    private volatile boolean closed;

    Worker(CamundaClient client, Commands commands, Leases leases, String type, int concurrency, JobHandler handler) {
        this.client = client;
        this.commands = commands;
        this.leases = leases;
        this.turns = new Semaphore(concurrency, true);
        this.handler = handler;
        this.stream = client.newWorker()
                .jobType(type)
                .handler((unused, job) -> take(job))
                .name("hone")
                .timeout(leases.term())
                .maxJobsActive(WAITING_ROOM)
                .streamEnabled(true)
                .streamTimeout(Duration.ofHours(8))
                // Besides the stream, for jobs that were there before it was opened. A poll waits at the gateway.
                .pollInterval(Duration.ofMillis(100))
                .requestTimeout(Duration.ofSeconds(10))
                .open();
    }

    private void take(ActivatedJob activated) {
        try (Leases.Lease lease = leases.take(activated.getKey())) {
            Answer answer = whenItsTurnComes(lease, activated);
            // An interrupt that came with the last breath of the handler is not meant for its outcome.
            var unused = Thread.interrupted();
            tell(activated.getKey(), lease, answer);
        }
    }

    private Answer whenItsTurnComes(Leases.Lease lease, ActivatedJob activated) {
        long arrived = System.nanoTime();
        lease.begin();
        try {
            turns.acquire();
            try {
                Duration waited = Duration.ofNanos(System.nanoTime() - arrived);
                return lease.work(closed) ? outcome(job(activated, waited)) : new Answer.Back();
            } finally {
                turns.release();
            }
        } catch (InterruptedException closing) {
            return new Answer.Back();
        } finally {
            lease.end();
        }
    }

    private Answer outcome(Job job) throws InterruptedException {
        try {
            return new Answer.Is(handler.handle(job));
        } catch (InterruptedException closing) {
            throw closing;
        } catch (Exception | LinkageError | AssertionError defect) {
            if (closed) {
                return new Answer.Back(); // Likely a consequence of closing: the next process does the job anew.
            }
            LOG.error(
                    "defect in the worker of {} at {}, instance {}",
                    job.type(),
                    job.elementId(),
                    job.instanceKey(),
                    defect);
            return new Answer.Defect(job.retries() - 1, defect);
        }
    }

    private void tell(long job, Leases.Lease lease, Answer answer) {
        switch (answer) {
            case Answer.Back() -> lease.giveBack().join();
            case Answer.Is(Outcome.Done done) -> send(job, command(job, new Answer.Is(done)));
            case Answer.Told told -> {
                if (!lease.isGiven()) { // others have it, and no mishap of ours is theirs
                    send(job, command(job, told));
                }
            }
        }
    }

    private Supplier<? extends FinalCommandStep<?>> command(long job, Answer.Told answer) {
        return switch (answer) {
            case Answer.Is(Outcome.Done(String variables)) ->
                () -> client.newCompleteCommand(job).variables(variables);
            case Answer.Is(Outcome.Retry(Duration after, String message, int left)) ->
                () -> client.newFailCommand(job)
                        .retries(left)
                        .retryBackoff(after)
                        .errorMessage(message);
            case Answer.Is(Outcome.Raise(String code, String message, String variables)) ->
                () -> client.newThrowErrorCommand(job)
                        .errorCode(code)
                        .errorMessage(message)
                        .variables(variables);
            case Answer.Defect(int left, Throwable defect) ->
                () -> client.newFailCommand(job)
                        .retries(Math.max(0, left))
                        .retryBackoff(PAUSE_AFTER_DEFECT)
                        .errorMessage(defect.toString());
        };
    }

    @SuppressWarnings("unchecked")
    private void send(long job, Supplier<? extends FinalCommandStep<?>> command) {
        try {
            // Twice is harmless: the second finds no job.
            commands.send(
                    "end job " + job, Repeat.AGAIN, COMMAND_PATIENCE, (Supplier<FinalCommandStep<Object>>) command);
        } catch (ZeebeException.Rejected rejected) {
            if (!rejected.notFound()) {
                LOG.warn("{}", rejected.getMessage());
            } else {
                LOG.debug("job {} was gone before its outcome: cancelled, or done by another", job);
            }
        } catch (ZeebeException.Unreachable unreachable) {
            if (!closed) {
                LOG.warn("outcome of job {} lost; Zeebe hands it out again. {}", job, unreachable.getMessage());
            }
        }
    }

    private static Job job(ActivatedJob job, Duration waited) {
        return new Job(
                job.getKey(),
                job.getType(),
                job.getBpmnProcessId(),
                job.getElementId(),
                job.getElementInstanceKey(),
                job.getProcessInstanceKey(),
                job.getRetries(),
                job.getCustomHeaders(),
                job.getVariables(),
                waited);
    }

    /** Takes no more jobs. Those running go on and are told; those waiting for their turn are given back when it comes. */
    @Override
    public void close() {
        closed = true;
        stream.close();
    }

    private sealed interface Answer {

        /** Something that the broker is told of the job. */
        sealed interface Told extends Answer {}

        record Is(Outcome outcome) implements Told {}

        record Defect(int retriesLeft, Throwable defect) implements Told {}

        /** Closing, or cancelled: the job comes again, here or elsewhere, if it is still there. */
        record Back() implements Answer {}
    }
}
