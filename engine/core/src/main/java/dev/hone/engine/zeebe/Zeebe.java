package dev.hone.engine.zeebe;

import dev.hone.engine.zeebe.Commands.Repeat;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.PartitionBrokerHealth;
import io.camunda.client.api.response.Process;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A connection to a Zeebe gateway. Thread-safe; every call waits for its answer, so call from virtual threads.
 *
 * <p>All calls throw {@link ZeebeException.Unreachable} when the gateway does not answer for ten seconds, and
 * {@link ZeebeException.Rejected} when it says no.
 */
public final class Zeebe implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration OUTCOMES_ON_THEIR_WAY = Duration.ofSeconds(2);

    private final CamundaClient client;
    private final ExecutorService threads;
    private final Commands commands;
    private final Leases leases;
    private final List<Worker> workers = new CopyOnWriteArrayList<>();

    private Zeebe(CamundaClient client, ExecutorService threads, String address, Duration lease) {
        this.client = client;
        this.threads = threads;
        this.commands = new Commands(address);
        this.leases = new Leases(client, lease);
    }

    /**
     * Connects when first used, so this never fails; see {@link #awaitReady}.
     *
     * @param gateway such as {@code http://127.0.0.1:26500}, or {@code https} for TLS
     * @param lease how long a job of ours stays ours after we last said that we are at it
     */
    public static Zeebe connect(URI gateway, Duration lease) {
        // One virtual thread a job. The client's own default is one thread for all jobs.
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("hone-job-", 0).factory());
        CamundaClient client = CamundaClient.newClientBuilder()
                .applyEnvironmentVariableOverrides(false)
                .preferRestOverGrpc(false)
                .grpcAddress(gateway)
                .jobHandlingExecutor(threads, false)
                .defaultRequestTimeout(PATIENCE)
                .build();
        return new Zeebe(client, threads, gateway.getAuthority(), lease);
    }

    /** Returns when every partition has a healthy leader. */
    public void awaitReady(Duration patience) {
        long giveUpAt = System.nanoTime() + patience.toNanos();
        Duration pause = Duration.ofMillis(20);
        while (!ready(patience)) {
            if (System.nanoTime() > giveUpAt) {
                throw new ZeebeException.Unreachable(
                        client.getConfiguration().getGrpcAddress().getAuthority(),
                        "have a leader for every partition",
                        null);
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Whether every partition has a healthy leader. */
    public boolean ready(Duration patience) {
        var topology = commands.send("say who is there", Repeat.AGAIN, patience, client::newTopologyRequest);
        long leaders = topology.getBrokers().stream()
                .flatMap(broker -> broker.getPartitions().stream())
                .filter(p -> p.isLeader() && p.getHealth() == PartitionBrokerHealth.HEALTHY)
                .count();
        return topology.getPartitionsCount() > 0 && leaders >= topology.getPartitionsCount();
    }

    /**
     * Makes a process known. The same bytes again give the same definition, no new version.
     *
     * @param name of the resource, ending in {@code .bpmn}; part of what makes two deployments the same
     */
    public Deployed deploy(String name, byte[] bpmn) {
        return deploy(name, bpmn, PATIENCE);
    }

    /** The same. @param patience for how long to try again when nobody answers */
    public Deployed deploy(String name, byte[] bpmn, Duration patience) {
        List<Process> processes = commands.send(
                        "deploy " + name,
                        Repeat.AGAIN,
                        patience,
                        () -> client.newDeployResourceCommand().addResourceBytes(bpmn, name))
                .getProcesses();
        // Processes that the first one calls may stand in the same resource.
        Process process = processes.stream()
                .filter(one -> name.equals(one.getBpmnProcessId() + ".bpmn"))
                .findFirst()
                .orElseGet(processes::getFirst);
        return new Deployed(process.getProcessDefinitionKey(), process.getBpmnProcessId(), process.getVersion());
    }

    /** @param key names this very version, for {@link #start} */
    public record Deployed(long key, String processId, int version) {}

    /**
     * Starts an instance and returns its key.
     *
     * <p>Not tried again when the answer is lost, as that could start it twice: after {@link ZeebeException.Unreachable} it may
     * be running.
     *
     * @param variables a JSON object as text
     */
    public long start(long definitionKey, String variables) {
        return commands.send(
                        "start process " + definitionKey,
                        Repeat.ONCE,
                        PATIENCE,
                        () -> client.newCreateInstanceCommand()
                                .processDefinitionKey(definitionKey)
                                .variables(variables))
                .getProcessInstanceKey();
    }

    /** Ends an instance where it is. Returns false when it had ended already. */
    public boolean cancel(long instanceKey) {
        try {
            commands.send(
                    "cancel instance " + instanceKey,
                    Repeat.AGAIN,
                    PATIENCE,
                    () -> client.newCancelInstanceCommand(instanceKey));
            return true;
        } catch (ZeebeException.Rejected rejected) {
            if (rejected.notFound()) {
                return false;
            }
            throw rejected;
        }
    }

    /**
     * Sends a message to the instance waiting for it, or to the first that will within {@code keep}.
     *
     * @param id the same id again within {@code keep} is the same message, so that it is never received twice
     * @param variables a JSON object as text
     */
    public void publish(String name, String correlationKey, String id, Duration keep, String variables) {
        try {
            commands.send(
                    "publish message " + name,
                    Repeat.AGAIN,
                    PATIENCE,
                    () -> client.newPublishMessageCommand()
                            .messageName(name)
                            .correlationKey(correlationKey)
                            .messageId(id)
                            .timeToLive(keep)
                            .variables(variables));
        } catch (ZeebeException.Rejected rejected) {
            if (!rejected.alreadyExists()) {
                throw rejected;
            }
        }
    }

    /** Sets variables of an instance or element instance. @param variables a JSON object as text */
    public void setVariables(long scopeKey, String variables) {
        commands.send(
                "set variables of " + scopeKey,
                Repeat.AGAIN,
                PATIENCE,
                () -> client.newSetVariablesCommand(scopeKey).variables(variables));
    }

    /** Lets an instance try again where an incident stopped it. */
    public void resolveIncident(long incidentKey) {
        commands.send(
                "resolve incident " + incidentKey,
                Repeat.AGAIN,
                PATIENCE,
                () -> client.newResolveIncidentCommand(incidentKey));
    }

    /**
     * Does the jobs of a type from now on, until closed.
     *
     * @param concurrency how many at the same time; the others wait their turn, in order of arrival
     */
    public AutoCloseable work(String type, int concurrency, JobHandler handler) {
        Worker worker = new Worker(client, commands, leases, type, concurrency, handler);
        workers.add(worker);
        return () -> {
            workers.remove(worker);
            worker.close();
        };
    }

    /** Takes no more jobs, interrupts those that run, gives back all that have no outcome yet, and disconnects. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /** The same, after the jobs that run had so long to end. Those that wait for their turn are given back at once. */
    public void close(Duration grace) {
        workers.forEach(Worker::close);
        leases.giveBackWaiting();
        await(grace);
        leases.giveBackAll();
        await(OUTCOMES_ON_THEIR_WAY);
        leases.close();
        threads.shutdownNow();
        client.close();
    }

    private void await(Duration most) {
        try {
            leases.awaitNone(most);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
