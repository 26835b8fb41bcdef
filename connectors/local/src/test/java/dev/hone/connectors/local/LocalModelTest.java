package dev.hone.connectors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelReply.Finish;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.local.listprog.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalModelTest {

    @ParameterizedTest
    @ValueSource(strings = {"listprog-gen", "listprog-gen-apprentice"})
    void a_generator_replies_a_program_and_nothing_else(String model) throws ConnectorException {
        for (long seed = 0; seed < 20; seed++) {
            String text = Requests.reply(model, Requests.forGenerator(), seed);
            assertThat(Program.parse(text).text()).isEqualTo(text);
        }
    }

    @Test
    void an_editor_replies_a_program_with_feedback_or_without() throws ConnectorException {
        ObjectNode told = Requests.forEditor();
        ObjectNode untold = Requests.forEditor();
        untold.remove("feedback");
        for (ObjectNode inputs : List.of(told, untold)) {
            String text = Requests.reply("listprog-editor", inputs, 1);
            assertThat(Program.parse(text).text()).isEqualTo(text);
        }
    }

    @Test
    void a_critic_replies_a_critique_as_json_that_an_editor_takes_as_feedback() throws ConnectorException {
        JsonNode critique = Requests.json(Requests.reply("listprog-critic", Requests.forCritic(), 1));
        assertThat(critique.path("kind").asText()).isIn("substitute", "rewrite", "no_issue");
        assertThat(critique.path("position").asInt()).isBetween(0, 2);
        assertThat(critique.path("text").asText()).isNotBlank();
        assertThat(critique.path("trace")).isEqualTo(Requests.forCritic().path("trace"));
        ObjectNode asObject = Requests.forEditor();
        asObject.set("feedback", critique);
        ObjectNode asText = Requests.forEditor();
        asText.put("feedback", critique.toString());
        assertThat(Requests.reply("listprog-editor", asText, 3))
                .isEqualTo(Requests.reply("listprog-editor", asObject, 3));
    }

    @Test
    void what_the_editor_hears_changes_what_it_writes() throws ConnectorException {
        // Of one task the answer may be plain from its examples alone.
        List<String> told = new ArrayList<>();
        List<String> toldToRewrite = new ArrayList<>();
        for (ObjectNode task : Requests.tasks(12)) {
            ObjectNode rewrite = Requests.forEditor(task);
            ((ObjectNode) rewrite.path("feedback")).put("kind", "rewrite").put("position", 0);
            told.addAll(seeds("listprog-editor", Requests.forEditor(task)));
            toldToRewrite.addAll(seeds("listprog-editor", rewrite));
        }
        assertThat(toldToRewrite).isNotEqualTo(told);
    }

    @Test
    void a_critic_blames_no_operation_of_the_draft_that_a_lesson_about_it_blamed() throws ConnectorException {
        ObjectNode inputs = Requests.forCritic();
        assertThat(positions(inputs)).contains(1, 2);
        ArrayNode lessons = inputs.putArray("lessons");
        lessons.addObject().put("draft", Requests.DRAFT).put("position", 1);
        assertThat(positions(inputs)).contains(2).doesNotContain(1);
        lessons.addObject().put("draft", "square | double").put("position", 2);
        assertThat(positions(inputs)).contains(2);
        lessons.addObject().put("draft", Requests.DRAFT).put("position", 2);
        assertThat(positions(inputs)).containsOnly(0);
    }

    @Test
    void a_critic_that_holds_another_program_against_the_draft_blames_what_they_do_not_share()
            throws ConnectorException {
        ObjectNode inputs = Requests.forCritic();
        inputs.put("other", "reverse | keep-odd | double");
        assertThat(positions(inputs)).contains(2).doesNotContain(1);
        inputs.put("other", "double");
        assertThat(positions(inputs)).contains(1, 2);
    }

    private static List<Integer> positions(ObjectNode inputs) throws ConnectorException {
        List<Integer> positions = new ArrayList<>();
        for (ObjectNode task : Requests.tasks(12)) {
            ObjectNode asked = Requests.forCritic(task);
            inputs.fieldNames().forEachRemaining(name -> {
                if (!asked.has(name)) {
                    asked.set(name, inputs.get(name));
                }
            });
            for (String critique : seeds("listprog-critic", asked)) {
                positions.add(Requests.json(critique).path("position").asInt());
            }
        }
        return positions;
    }

    @Test
    void of_more_than_four_examples_those_that_the_draft_gets_wrong_are_read() throws ConnectorException {
        ObjectNode task = Requests.task();
        ObjectNode four = Requests.forCritic(task);
        ObjectNode more = Requests.forCritic(task.deepCopy());
        // The draft gets four more right, which come first and do not matter.
        for (int digit = 0; digit < 4; digit++) {
            ((ArrayNode) more.path("task").path("examples")).insert(0, Requests.json("{\"in\": [1], \"out\": []}"));
            ((ArrayNode) more.path("trace"))
                    .insert(0, Requests.json("{\"in\": [1], \"want\": [], \"got\": [], \"ok\": true}"));
        }
        assertThat(four.path("trace")).allMatch(line -> !line.path("ok").asBoolean());
        for (long seed = 0; seed < 20; seed++) {
            assertThat(Requests.json(Requests.reply("listprog-critic", more, seed))
                            .path("position"))
                    .isEqualTo(Requests.json(Requests.reply("listprog-critic", four, seed))
                            .path("position"));
        }
    }

    @Test
    void the_inputs_may_come_as_json_in_the_last_user_message() throws ConnectorException {
        ModelRequest request = new ModelRequest(
                List.of(
                        new Message(Speaker.SYSTEM, "You write programs."),
                        new Message(Speaker.USER, "{\"task\": {\"examples\": []}}"),
                        new Message(Speaker.ASSISTANT, "No."),
                        new Message(Speaker.USER, Requests.forGenerator().toString())),
                "{}",
                Optional.empty(),
                16);
        assertThat(generate("listprog-gen", request).text())
                .isEqualTo(Requests.reply("listprog-gen", Requests.forGenerator(), 1));
    }

    @Test
    void a_program_cut_off_by_the_token_limit_says_so() throws ConnectorException {
        ModelRequest request = Requests.request(Requests.forGenerator());
        ModelReply reply =
                generate("listprog-gen", new ModelRequest(request.messages(), request.inputs(), Optional.of(0.0), 1));
        assertThat(reply.finish()).isEqualTo(Finish.LENGTH);
        assertThat(reply.usage().outputTokens()).isEqualTo(1);
    }

    @Test
    void many_tasks_at_once_get_so_many_programs_each() throws ConnectorException {
        ObjectNode inputs = Requests.batch(3, 5);
        ModelRequest request =
                new ModelRequest(Requests.request(inputs).messages(), inputs.toString(), Optional.empty(), 1_000);
        ModelReply reply = generate("listprog-gen", request);
        JsonNode programs = Requests.json(reply.text()).path("programs");
        assertThat(programs).hasSize(3).allSatisfy(of -> assertThat(of).hasSize(5));
        programs.forEach(of -> of.forEach(program -> Program.parse(program.asText())));
        assertThat(reply.finish()).isEqualTo(Finish.STOP);
        assertThat(reply.usage().calls()).isEqualTo(1);
        assertThat(reply.usage().inputTokens()).isEqualTo(3 * (4 + 1));
        Model model = new LocalProvider().open("listprog-gen", ModelSettings.DEFAULT);
        assertThat(reply.usage().outputTokens())
                .isBetween(15L, model.atMost(request).outputTokens());
        assertThat(model.atMost(request).outputTokens()).isEqualTo(3 * 5 * 4);
    }

    @Test
    void a_batch_that_runs_out_of_tokens_says_so_and_spends_no_more() throws ConnectorException {
        ObjectNode inputs = Requests.batch(3, 5);
        ModelReply reply = generate(
                "listprog-gen",
                new ModelRequest(Requests.request(inputs).messages(), inputs.toString(), Optional.empty(), 10));
        assertThat(reply.finish()).isEqualTo(Finish.LENGTH);
        assertThat(reply.usage().outputTokens()).isEqualTo(10);
        assertThat(Requests.json(reply.text()).path("programs")).hasSize(3);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("listprog-gen", Requests.batch(2, 5), in -> in.put("samples", 501), "'samples'"),
                wrong("listprog-gen", Requests.batch(2, 5), in -> in.put("tasks", "none"), "'tasks'"),
                wrong(
                        "listprog-gen",
                        Requests.batch(2, 5),
                        in -> ((ObjectNode) in.path("tasks").get(1)).remove("examples"),
                        "tasks[1].examples"),
                wrong("listprog-gen", Requests.forGenerator(), in -> in.remove("task"), "'task'"),
                wrong("listprog-gen", Requests.forGenerator(), in -> in.putObject("task"), "'task.examples'"),
                wrong(
                        "listprog-gen",
                        Requests.forGenerator(),
                        in -> examples(in).remove(0),
                        "4 examples and at most 100, not of 3"),
                wrong(
                        "listprog-gen",
                        Requests.forGenerator(),
                        in -> example(in, 2).remove("out"),
                        "examples[2].out"),
                wrong(
                        "listprog-gen",
                        Requests.forGenerator(),
                        in -> example(in, 1).putArray("in").add(12),
                        "examples[1].in"),
                wrong(
                        "listprog-gen",
                        Requests.forGenerator(),
                        in -> example(in, 0).putArray("in").add("a"),
                        "examples[0].in"),
                wrong("listprog-critic", Requests.forCritic(), in -> in.remove("draft"), "'draft'"),
                wrong(
                        "listprog-critic",
                        Requests.forCritic(),
                        in -> in.put("draft", "shuffle"),
                        "'shuffle' is no operation"),
                wrong(
                        "listprog-critic",
                        Requests.forCritic(),
                        in -> in.put("other", "shuffle"),
                        "'other' is no program"),
                wrong("listprog-critic", Requests.forCritic(), in -> in.remove("trace"), "'trace'"),
                wrong("listprog-critic", Requests.forCritic(), in -> in.putArray("trace"), "one line for each"),
                wrong("listprog-critic", Requests.forCritic(), in -> line(in, 3).remove("ok"), "trace[3].ok"),
                wrong("listprog-critic", Requests.forCritic(), in -> line(in, 3).remove("got"), "trace[3].got"),
                wrong("listprog-editor", Requests.forEditor(), in -> in.put("feedback", "Try again."), "'feedback'"),
                wrong(
                        "listprog-editor",
                        Requests.forEditor(),
                        in -> feedback(in).put("kind", "praise"),
                        "'feedback.kind'"),
                wrong(
                        "listprog-editor",
                        Requests.forEditor(),
                        in -> feedback(in).put("position", 5),
                        "'feedback.position'"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("wrong")
    void a_wrong_input_is_refused_with_the_name_of_the_field(String model, ObjectNode inputs, String named) {
        assertThatThrownBy(() -> Requests.reply(model, inputs, 1))
                .isInstanceOfSatisfying(ConnectorException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT);
                    assertThat(e.what()).contains(named);
                    assertThat(e.fix()).contains("\"examples\"");
                });
    }

    private static Arguments wrong(String model, ObjectNode inputs, Consumer<ObjectNode> change, String named) {
        change.accept(inputs);
        return Arguments.of(model, inputs, named);
    }

    private static ArrayNode examples(ObjectNode inputs) {
        return (ArrayNode) inputs.path("task").path("examples");
    }

    private static ObjectNode example(ObjectNode inputs, int i) {
        return (ObjectNode) examples(inputs).get(i);
    }

    private static ObjectNode line(ObjectNode inputs, int i) {
        return (ObjectNode) inputs.path("trace").get(i);
    }

    private static ObjectNode feedback(ObjectNode inputs) {
        return (ObjectNode) inputs.path("feedback");
    }

    private static List<String> seeds(String model, ObjectNode inputs) throws ConnectorException {
        List<String> replies = new ArrayList<>();
        for (long seed = 0; seed < 20; seed++) {
            replies.add(Requests.reply(model, inputs, seed));
        }
        return replies;
    }

    private static ModelReply generate(String model, ModelRequest request) throws ConnectorException {
        return new LocalProvider().open(model, ModelSettings.DEFAULT).generate(request, CallContext.standalone(1));
    }
}
