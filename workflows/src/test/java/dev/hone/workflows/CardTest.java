package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gate of card. The published script of the paper trains whether its check passed or not. */
class CardTest {

    private static final int SEEDS = 2;
    private static final String TEXT = Catalogue.find("card").orElseThrow().text();

    /** First a reward that leads to the goal, then one that charges for it, and on without regard to what was reached. */
    private static String stubborn() {
        int from = TEXT.indexOf("          - call:\n              id: propose");
        int to = TEXT.indexOf("          - exec:\n              id: build");
        return TEXT.substring(0, from)
                + """
                              - exec:
                                  id: propose
                                  tool: compute
                                  in: {value: "= if count(memory.walks) = 0 then \\"%s\\" else \\"0.0 - goal\\""}
                                  take: "= out.value"
                                  out: code
                    """.formatted("goal + 0.2 * closer - 0.2 * farther - hazard")
                + TEXT.substring(to);
    }

    @Test
    @Tag("slow")
    @Timeout(180)
    void nobodyTrainsBehindAGateThatDidNotOpen(@TempDir Path directory) throws Exception {
        try (Engine engine = Engine.open(EngineOptions.at(directory))) {
            var program = engine.deploy(new Source("card/workflow.yaml", stubborn()));
            ObjectNode task = (ObjectNode)
                    Json.read(Catalogue.find("card").orElseThrow().inputs().getFirst());
            for (int seed = 1; seed <= SEEDS; seed++) {
                RunResult result = engine.await(
                        engine.start(program, RunRequest.of(task).withSeed(seed).withParam("enough", 2)));
                judged(engine.events(result.run()), result);
            }
        }
    }

    private static void judged(List<RunEvent> events, RunResult result) {
        boolean open = false;
        int failed = 0;
        int passed = 0;
        int trained = 0;
        for (RunEvent event : events) {
            if (event.kind() == EventKind.OUTPUT && event.element().equals("prefer")) {
                open = gate(event).path("pass").booleanValue();
                passed += open ? 1 : 0;
                failed += open ? 0 : 1;
            }
            if (event.kind() == EventKind.TRAINING) {
                assertThat(open).as(event.iteration()).isTrue();
                trained++;
            }
        }
        assertThat(failed).isPositive();
        assertThat(trained).isEqualTo(passed).isPositive();
        assertThat(result.flags()).contains("passed without anything to compare");
    }

    private static JsonNode gate(RunEvent event) {
        return Json.read(event.body()).path("value");
    }

    /**
     * As it is shipped, on the second of its maps: what was learned from the sixth and the seventh design earns more by them than who
     * acted best so far, by walking straight into a hazard.
     */
    @Test
    @Tag("slow")
    @Timeout(180)
    void whatEarnsMoreAndArrivesLessOftenIsFlaggedAndGoesBackToTheBest(@TempDir Path directory) throws Exception {
        try (Engine engine = Engine.open(EngineOptions.at(directory))) {
            ObjectNode task = (ObjectNode)
                    Json.read(Catalogue.find("card").orElseThrow().inputs().get(1));
            RunResult result = engine.await(engine.start(
                    engine.deploy(new Source("card/workflow.yaml", TEXT)),
                    RunRequest.of(task).withSeed(3)));
            List<RunEvent> events = engine.events(result.run());

            List<String> hacked = values(events, "judge").entrySet().stream()
                    .filter(judged -> judged.getValue().path("proxy").asDouble()
                                    > judged.getValue().path("before").asDouble()
                            && judged.getValue().path("success").asDouble()
                                    < judged.getValue().path("best").asDouble())
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(hacked).containsExactly("design=6", "design=7");
            assertThat(rolledBack(events)).isEqualTo(hacked);
            assertThat(result.flags().stream().filter("reward hacking"::equals)).hasSize(hacked.size());

            // Who walks before the next training is the best again, who wandered about, and not who ran into the
            // hazard.
            assertThat(ended(events, "walk", "design=6")).isEqualTo(1);
            assertThat(ended(events, "compare", "design=7")).isLessThan(0.5);
            assertThat(result.best().orElseThrow().value())
                    .isEqualTo(values(events, "judge").get("design=1"));
        }
    }

    /** What a step gave, by where. */
    private static Map<String, JsonNode> values(List<RunEvent> events, String element) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        events.stream()
                .filter(event ->
                        event.kind() == EventKind.OUTPUT && event.element().equals(element))
                .forEach(event -> values.put(event.iteration(), gate(event)));
        return values;
    }

    /** The share of the walks of a step that ended before their time, at the goal or in a hazard. */
    private static double ended(List<RunEvent> events, String element, String where) {
        return Objects.requireNonNull(values(events, element).get(where))
                .path("ended")
                .asDouble();
    }

    /** Where the rule against hacking took the agent back. */
    private static List<String> rolledBack(List<RunEvent> events) {
        return events.stream()
                .filter(event -> event.kind() == EventKind.DECIDED)
                .filter(event -> Json.read(event.body())
                                .path("fired")
                                .findValuesAsText("rule")
                                .contains("hacked")
                        && Json.read(event.body())
                                .path("slots")
                                .findValuesAsText("name")
                                .contains("agent"))
                .map(RunEvent::iteration)
                .toList();
    }

    @Test
    void aGateThatDoesNotSayWhatNothingMeansIsRefused() {
        String silent = TEXT.replace("                vacuous: pass\n", "");
        assertThat(silent).isNotEqualTo(TEXT);

        assertThat(Workshop.discovered().check(new Source("card/workflow.yaml", silent)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.MISSING_INPUT);
                    assertThat(problem.what()).contains("vacuous");
                });
        assertThat(Workshop.discovered().check(new Source("card/workflow.yaml", TEXT)))
                .isEmpty();
    }
}
