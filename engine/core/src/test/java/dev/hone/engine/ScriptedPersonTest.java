package dev.hone.engine;

import static dev.hone.engine.SharedEngine.bodies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.work.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run's scripted person answers in the place of people, and as they do. */
@Tag("slow")
@Timeout(300)
@ExtendWith(SharedEngine.class)
class ScriptedPersonTest {

    private static final Source DUELS = new Source("duels.yaml", """
            hone: 1
            name: duels
            input: {right: {type: text, sealed: true}}
            params: {rounds: 8}
            budget: {human: "= 2 * rounds", time: PT10M}
            flow:
              - loop: {id: turns, max: "= rounds"}
                do:
                  - human: {id: which, form: pair, show: {good: good, bad: bad}, shuffle: true, timeout: 30, out: pref}
                  - human: {id: sure, form: rate, show: {choice: "= pref.choice"}, timeout: 30, out: rated}
            """);

    /** Knows the right one, is mistaken in a third of the cases, and rates by chance. */
    private static final PersonFile JUDGE = new PersonFile("person.yaml", """
            person: 1
            answers:
              which: {choice: "= if right = good then \\"good\\" else \\"bad\\"", error: "= 1 / 3", seconds: "= 2 + round"}
              sure: {rating: "= choice + at.turns + random"}
            """);

    private final Engine engine;

    ScriptedPersonTest(Engine engine) {
        this.engine = engine;
    }

    private static RunRequest judged(String right, long seed) {
        return RunRequest.of(Json.object().put("right", right))
                .withPerson(JUDGE)
                .withSeed(seed);
    }

    /** The values that the answers gave to the workflow, of one step. */
    private List<JsonNode> heard(String run, String step) {
        return bodies(engine.events(run), EventKind.OUTPUT, step + ".take").stream()
                .map(body -> body.path("value"))
                .toList();
    }

    @Test
    void severalRunsAtOnceAreAnsweredEachByItsOwnInputsAndSeed() throws Exception {
        var program = engine.deploy(DUELS);
        List<String> runs = new ArrayList<>();
        for (long seed : List.of(1, 2, 1)) {
            runs.add(engine.start(program, judged("good", seed)));
        }
        runs.add(engine.start(program, judged("bad", 1)));
        for (String run : runs) {
            assertThat(engine.await(run).stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
        }

        List<JsonNode> choices = heard(runs.get(0), "which");
        assertThat(choices)
                .hasSize(8)
                .allSatisfy(answer -> assertThat(answer.path("by").asText()).isEqualTo("script"));
        assertThat(choices.stream().map(answer -> answer.path("seconds").asInt()))
                .containsExactly(3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(choices.stream().map(answer -> answer.path("choice").asInt()))
                .as("mostly the right one, whatever order it was shown in")
                .contains(2)
                .filteredOn(choice -> choice == 1)
                .hasSizeGreaterThan(3);
        assertThat(heard(runs.get(2), "which")).isEqualTo(choices);
        assertThat(heard(runs.get(2), "sure")).isEqualTo(heard(runs.get(0), "sure"));
        assertThat(heard(runs.get(1), "which")).isNotEqualTo(choices);
        assertThat(heard(runs.get(3), "which").stream()
                        .map(answer -> answer.path("choice").asInt()))
                .as("who wants the other one errs in the same places")
                .containsExactlyElementsOf(choices.stream()
                        .map(answer -> 3 - answer.path("choice").asInt())
                        .toList());
    }

    @Test
    void aPersonWhoSaysNothingLetsTheTimePass() throws Exception {
        Source impatient = SharedEngine.with(DUELS, "timeout: 30, out: pref", "timeout: 0.2, out: pref");
        PersonFile silent = new PersonFile("person.yaml", """
                person: 1
                answers:
                  which: {choice: "= if round = 2 then 1 else null"}
                  sure: {rating: 1}
                """);
        String run = engine.start(
                engine.deploy(impatient), judged("good", 1).withPerson(silent).withParam("rounds", 2));

        engine.await(run);

        assertThat(heard(run, "which").stream().map(JsonNode::isNull)).containsExactly(true, false);
    }

    @Test
    void aScriptThatGivesNoAnswerEndsTheRunAtItsPlace() throws Exception {
        PersonFile third = new PersonFile("person.yaml", """
                person: 1
                answers:
                  which: {choice: "= 2 + 1"}
                """);
        String run = engine.start(engine.deploy(DUELS), judged("good", 1).withPerson(third));

        RunResult result = engine.await(run);

        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.PROBLEM);
        assertThat(result.stop().where()).contains("person.yaml:3:19");
        assertThat(result.stop().text()).contains("chooses 3 of " + run + "/which/turns=1", "good, bad");
    }

    @Test
    void aScriptThatDoesNotFitTheWorkflowStartsNoRun() {
        PersonFile stranger = new PersonFile("person.yaml", "{person: 1, answers: {wich: {choice: 1}}}");
        var program = engine.deploy(DUELS);

        assertThatThrownBy(() -> engine.start(program, judged("good", 1).withPerson(stranger)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("person.yaml:1:29")
                .hasMessageContaining("Did you mean 'which'?");
    }

    @Test
    void whatTheScriptDoesNotHaveWaitsForSomebodyElse() throws Exception {
        PersonFile half = new PersonFile("person.yaml", "{person: 1, answers: {which: {choice: 1}}}");
        String run = engine.start(
                engine.deploy(DUELS), judged("good", 1).withPerson(half).withParam("rounds", 1));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> engine.questions(run).stream()
                        .anyMatch(question -> question.step().equals("sure")));
        Question question = engine.questions(run).getFirst();
        assertThat(engine.isScripted(question)).isFalse();
        engine.answer(question, Json.object().put("rating", 4));
        engine.await(run);

        assertThat(Stream.of("which", "sure")
                        .map(step -> heard(run, step).getFirst().path("by").asText()))
                .containsExactly("script", "human");
    }

    @Test
    void anEngineThatFindsAnOpenQuestionAnswersItAsTheOneBeforeWouldHave(@TempDir Path directory) throws Exception {
        PersonFile slow = new PersonFile("person.yaml", """
                person: 1
                answers:
                  which: {choice: "= if random < 0.5 then 1 else 2", delay: "= if round = 2 then 2 else 0"}
                  sure: {rating: 1}
                """);
        RunRequest request = judged("good", 7).withPerson(slow).withParam("rounds", 3);
        String whole = engine.start(engine.deploy(DUELS), request);
        String cut;
        try (Engine first = Engine.open(EngineOptions.at(directory))) {
            cut = first.start(first.deploy(DUELS), request);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> first.questions(cut).stream()
                            .anyMatch(question -> question.iteration().equals("turns=2")));
        }
        engine.await(whole);
        try (Engine second = Engine.open(EngineOptions.at(directory))) {
            second.await(cut);
            assertThat(bodies(second.events(cut), EventKind.OUTPUT, "which.take").stream()
                            .map(body -> body.path("value")))
                    .containsExactlyElementsOf(heard(whole, "which"));
        }
    }
}
