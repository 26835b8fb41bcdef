package dev.hone.workflows.paths;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.broker.BrokerOptions;
import dev.hone.broker.EmbeddedBroker;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.local.LocalProvider;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.Question;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.compile.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** An engine whose broker tells which sequence flows are taken, and a server for the models of a script. */
final class World implements AutoCloseable {

    private static final Pattern PROCESS = Pattern.compile("<(?:\\w+:)?process id=\"([^\"]+)\"");
    private static final Pattern FLOW = Pattern.compile("<(?:\\w+:)?sequenceFlow id=\"([^\"]+)\"");
    private static final Pattern PERSON = Pattern.compile("<(?:\\w+:)?userTask id=\"([^\"]+)\"");
    private static final Pattern MODEL = Pattern.compile("init: (?:openai|local)/([\\w.-]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final EmbeddedBroker broker;
    private final Engine engine;
    private final OpenAiServer server;
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile UnaryOperator<String> reply = message -> message;

    World(Path directory) throws ConnectorException {
        broker = EmbeddedBroker.start(
                directory.resolve("broker"),
                BrokerOptions.defaults()
                        .withOnPassage(passage -> taken.add(named(passage.processId(), passage.flowId()))));
        engine = Engine.open(EngineOptions.at(directory).withGateway(broker.gatewayAddress()));
        Says model = new Says(message -> reply.apply(message));
        Map<String, Model> models = new HashMap<>(Map.of("gpt-4.1-mini", model, "gpt-4.1", model));
        for (String trained : List.of("listprog-gen", "listprog-critic", "listprog-editor")) {
            models.put(trained, new LocalProvider().open(trained, ModelSettings.DEFAULT));
        }
        server = OpenAiServer.serving(models);
    }

    /** The workflow with its models on this world's server. */
    Source here(String file, String text) {
        Matcher models = MODEL.matcher(text);
        return new Source(file, models.replaceAll("init: compatible/$1, baseUrl: \"" + server.baseUrl() + "\""));
    }

    Program deploy(Source source) {
        return engine.deploy(source);
    }

    /** The next call of a model is refused, which ends the run. */
    void refuseNext() {
        server.next(new Misbehaviour.Status(401, Map.of(), ""));
    }

    /** The next call of a model is answered when nobody waits for it any more. */
    void holdNext() {
        server.next(new Misbehaviour.Hold(never));
    }

    /** Runs it with models that answer so, and people who answer so, or not at all. */
    RunResult run(
            Program program,
            RunRequest request,
            UnaryOperator<String> models,
            Function<Question, Optional<ObjectNode>> people)
            throws InterruptedException {
        reply = models;
        String run = engine.start(program, request);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            for (Question question : engine.questions(run)) {
                people.apply(question).ifPresent(answer -> engine.answer(question, answer));
            }
            return engine.result(run).isPresent();
        });
        return engine.await(run);
    }

    /**
     * The sequence flows of a program that no run took, each with its process. Where a person's task is completed in a task
     * list of Camunda's own there is a way, too, that an engine by itself never takes.
     */
    Set<String> missed(Program program) {
        Set<String> missed = new TreeSet<>(flows(program.bpmn()));
        PERSON.matcher(program.bpmn())
                .results()
                .map(task -> task.group(1))
                .forEach(task -> missed.removeIf(flow -> flow.endsWith(" flow." + task + "." + task + ".join")));
        try {
            // What is exported follows what is processed.
            await().atMost(Duration.ofSeconds(5)).until(() -> {
                missed.removeAll(taken);
                return missed.isEmpty();
            });
        } catch (ConditionTimeoutException stillMissed) {
            return missed;
        }
        return missed;
    }

    private static Set<String> flows(String bpmn) {
        Set<String> flows = new TreeSet<>();
        Matcher process = PROCESS.matcher(bpmn);
        while (process.find()) {
            int next = bpmn.indexOf("process id=", process.end());
            Matcher flow = FLOW.matcher(bpmn).region(process.end(), next < 0 ? bpmn.length() : next);
            while (flow.find()) {
                flows.add(named(process.group(1), flow.group(1)));
            }
        }
        return flows;
    }

    /** A called process ends in a hash of what is in it, which differs between a workflow and a variant of it. */
    private static String named(String process, String flow) {
        return process.replaceFirst("-[0-9a-f]{8}$", "") + " " + flow;
    }

    @Override
    public void close() {
        never.countDown();
        engine.close();
        broker.close();
        server.close();
    }
}
