package dev.hone.workflows.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.PersonFile;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import dev.hone.workflows.Catalogue;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every workflow of the catalogue runs on chat models, with the lines of its README in the place of its own, over HTTP and by nothing
 * but its prompts.
 */
@Tag("slow")
@Timeout(60)
class ChatModelsTest {

    private static final Pattern OWN_MODEL = Pattern.compile("init: (local|player|minilm)/");
    private static final Pattern CHAT_MODEL = Pattern.compile("openai/([\\w.-]+)");

    private static final Map<String, Integer> SHORTER = Map.of("jobs", 1, "prompts", 5, "answers", 6);

    @TempDir
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static Engine engine;

    @SuppressWarnings("NullAway.Init")
    private static OpenAiServer server;

    private static final Speaks CHAT = new Speaks();

    @BeforeAll
    static void open() {
        engine = Engine.open(EngineOptions.at(directory));
        server = OpenAiServer.serving(Map.of("gpt-4.1", CHAT, "gpt-4.1-mini", CHAT));
    }

    @AfterAll
    static void close() {
        engine.close();
        server.close();
    }

    /** With as many jobs, questions, rounds as it takes to see all that its models do. */
    private record Chatted(String workflow, String end, Map<String, Integer> params) {

        Catalogue.Entry entry() {
            return Catalogue.find(workflow).orElseThrow();
        }

        /** The first of its cases, of which long lists are cut. */
        RunRequest request() {
            ObjectNode inputs = (ObjectNode) Json.read(entry().inputs().getFirst());
            SHORTER.forEach((name, size) -> {
                if (inputs.path(name) instanceof ArrayNode list) {
                    while (list.size() > size) {
                        list.remove(list.size() - 1);
                    }
                }
            });
            RunRequest request = RunRequest.of(inputs);
            for (Map.Entry<String, Integer> param : params.entrySet()) {
                request = request.withParam(param.getKey(), param.getValue());
            }
            Optional<String> person = entry().file("person.yaml");
            return person.isPresent()
                    ? request.withPerson(new PersonFile(workflow + "/person.yaml", person.get()))
                    : request;
        }

        @Override
        public String toString() {
            return workflow;
        }
    }

    static Stream<Chatted> workflows() {
        Map<String, Integer> schooling = Map.of("batches", 1, "checks", 1, "rounds", 1, "samples", 2, "tries", 2);
        return Stream.of(
                new Chatted("adaplanner", "done", Map.of()),
                new Chatted("alphabetize", "in-order", Map.of()),
                new Chatted("apohf", "", Map.of("turns", 8, "shown", 1)),
                new Chatted("card", "", Map.of("rounds", 4, "enough", 2)),
                new Chatted("feedback-edit", "", Map.of()),
                new Chatted("game-of-24", "won", Map.of()),
                new Chatted("mint", "task_success", Map.of()),
                new Chatted("negotiation", "last-game", Map.of("games", 2)),
                new Chatted("prompt-control", "", Map.of("rounds", 8, "from", 4, "to", 5)),
                new Chatted("raft", "enough", schooling),
                new Chatted("refine", "passes", Map.of()),
                new Chatted("reflexion", "passes", Map.of()),
                new Chatted("rest-em", "enough", schooling),
                new Chatted("self-contrast", "passes", Map.of()),
                new Chatted("tree-search", "solved", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void itRunsOnChatModelsWithTheLinesOfItsReadme(Chatted chatted) throws Exception {
        Readme readme = Readme.of(chatted.entry());
        Program program = engine.deploy(there(chatted, readme.changes().size()));
        CHAT.as(Replies.to(chatted.workflow()));
        int before = server.requests();
        RunResult result = engine.await(engine.start(program, chatted.request()));

        assertThat(result.stop().problem()).isEmpty();
        assertThat(result.stop().rule().orElse("")).as(result.stop().text()).isEqualTo(chatted.end());
        assertThat(result.best()).isPresent();
        assertThat(result.spent().calls()).isEqualTo(server.requests() - before).isPositive();
        String first = program.workflow().measure().report().getFirst().name();
        assertThat(Objects.requireNonNull(result.measured().get(first)).asDouble())
                .as(first)
                .isPositive();
        assertThat(called(result.run())).isEqualTo(calls(program));
        assertThat(CHAT.asked())
                .as("asked with data alone")
                .noneMatch(text -> Json.parse(text).isPresent());
    }

    private static Set<String> calls(Program program) {
        return program.workflow()
                .steps()
                .filter(Step.Call.class::isInstance)
                .map(Step::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> called(String run) {
        return engine.events(run).stream()
                .filter(event -> event.kind() == EventKind.CALLED)
                .map(RunEvent::element)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void thatIsEveryWorkflowWithModelsAndEveryOneOfTheirModels() {
        assertThat(Catalogue.entries().stream()
                        .filter(entry -> OWN_MODEL.matcher(entry.text()).find())
                        .map(Catalogue.Entry::name))
                .containsExactlyElementsOf(workflows().map(Chatted::workflow).toList());
        assertThat(workflows()).allSatisfy(chatted -> {
            Readme readme = Readme.of(chatted.entry());
            assertThat(readme.changesModelsAlone()).isTrue();
            assertThat(readme.apply(chatted.entry().text(), 1)).doesNotContainPattern(OWN_MODEL);
        });
    }

    /** Its weights are out of reach: what is there by then is the result, and it is said why there is no more. */
    @ParameterizedTest
    @ValueSource(strings = {"rest-em", "raft"})
    void aChatModelIsNotTrained(String workflow) throws Exception {
        Chatted chatted = workflows()
                .filter(one -> one.workflow().equals(workflow))
                .findFirst()
                .orElseThrow();
        CHAT.as(Replies.to(workflow));
        RunResult result = engine.await(engine.start(engine.deploy(there(chatted, 1)), chatted.request()));

        assertThat(result.stop().problem().orElseThrow()).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.TOOL_FAILED);
            assertThat(problem.what()).contains("gpt-4.1-mini cannot be trained here");
            assertThat(problem.fix()).contains("few-shot");
        });
        assertThat(result.best().orElseThrow().value().path("number").asInt()).isEqualTo(1);
    }

    /** The workflow with the first so many changes of its README, and its chat models on the test's server. */
    private static Source there(Chatted chatted, int changes) {
        String text = Readme.of(chatted.entry()).apply(chatted.entry().text(), changes);
        return new Source(
                chatted.workflow() + "/workflow.yaml",
                CHAT_MODEL.matcher(text).replaceAll("compatible/$1, baseUrl: \"" + server.baseUrl() + "\""));
    }
}
