package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Workflow.Control;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The workflows of the catalogue whose roles are played by programs, by what their ledgers say. */
@Tag("slow")
@Timeout(180)
class PlayersTest {

    private static final int GAMES = 5;

    /** Runs that remember what each other learned. */
    private static final String TAUGHT = "taught";

    @TempDir
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static Engine engine;

    @SuppressWarnings("NullAway.Init")
    private static Played day;

    @SuppressWarnings("NullAway.Init")
    private static Played session;

    @BeforeAll
    static void open() throws Exception {
        engine = Engine.open(EngineOptions.at(directory));
        day = Played.of("adaplanner", request -> request.withRealm(TAUGHT));
        session = Played.of("negotiation", request -> request);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /** A run of a case of a workflow. */
    private record Played(RunResult result, List<RunEvent> events) {

        static Played of(String name, UnaryOperator<RunRequest> change) throws InterruptedException {
            return of(name, 0, change);
        }

        /** @param number of the case, from 0 */
        static Played of(String name, int number, UnaryOperator<RunRequest> change) throws InterruptedException {
            Catalogue.Entry entry = Catalogue.find(name).orElseThrow();
            var program = engine.deploy(new Source(name + "/workflow.yaml", entry.text()));
            RunRequest request = RunRequest.of(inputs(entry, number)).withSeed(2);
            RunResult result = engine.await(engine.start(program, change.apply(request)));
            return new Played(result, engine.events(result.run()));
        }

        private static ObjectNode inputs(Catalogue.Entry entry, int number) {
            return (ObjectNode) Json.read(entry.inputs().get(number));
        }

        JsonNode measured(String name) {
            return Objects.requireNonNull(result.measured().get(name), name);
        }

        /** The values that a step gave, in order. */
        List<JsonNode> values(String element) {
            return values(element, "");
        }

        List<JsonNode> values(String element, String place) {
            return events.stream()
                    .filter(event ->
                            event.kind() == EventKind.OUTPUT && event.element().equals(element))
                    .filter(event -> (event.iteration() + "/").startsWith(place))
                    .map(event -> Json.read(event.body()).path("value"))
                    .toList();
        }

        /** The attempts that a rule's move led to, as places. */
        List<String> ledTo(String move) {
            return events.stream()
                    .filter(event -> event.kind() == EventKind.DECIDED)
                    .filter(event ->
                            Json.read(event.body()).path("move").asText().startsWith(move))
                    .map(event -> event.iteration().replaceAll("/carry-out=\\d+", ""))
                    .map(place -> place.substring(0, place.lastIndexOf('=') + 1)
                            + (1 + Integer.parseInt(place.substring(place.lastIndexOf('=') + 1)))
                            + "/")
                    .toList();
        }
    }

    private static String before(String attempt) {
        int number = Integer.parseInt(attempt.substring(attempt.lastIndexOf('=') + 1, attempt.length() - 1));
        return attempt.substring(0, attempt.lastIndexOf('=') + 1) + (number - 1) + "/";
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    @Test
    void aPlanGoesOnFromItsFailedStepWithItsVariablesAndRepeatsNothing() throws Exception {
        assertThat(day.ledTo("resume")).isNotEmpty().allSatisfy(attempt -> {
            assertThat(day.values("plan", attempt)).isEmpty();
            assertThat(day.values("begin", attempt)).isEmpty();
            JsonNode left = day.values("check", before(attempt)).getLast();
            JsonNode mended = day.values("refine", before(attempt)).getFirst();
            JsonNode first = day.values("check", attempt).getFirst();

            int from = mended.path("from").asInt();
            assertThat(list(mended.path("steps")).subList(0, from - 1))
                    .isEqualTo(list(left.path("steps")).subList(0, from - 1));
            assertThat(first.path("steps")).isEqualTo(mended.path("steps"));
            // The world went on, and what was seen is still known.
            JsonNode acted = day.values("act", attempt).getFirst();
            assertThat(acted.at("/state/steps").asInt())
                    .isEqualTo(left.at("/world/state/steps").asInt()
                            + acted.path("taken").asInt());
            assertThat(list(first.path("seen")))
                    .startsWith(list(left.path("seen")).toArray(JsonNode[]::new))
                    .hasSize(left.path("seen").size() + 1);
        });
    }

    /** The second case is the next day in the house of the first. */
    @Test
    void aSkillOfTheDayBeforeIsRecalledAndFollowedButNotElsewhereNorByTheControl() throws Exception {
        Played next = Played.of("adaplanner", 1, request -> request.withRealm(TAUGHT));
        Played untaught = Played.of("adaplanner", 1, request -> request.withRealm("untaught"));
        Played control =
                Played.of("adaplanner", 1, request -> request.withRealm(TAUGHT).withControl(Control.Kind.NO_MEMORY));

        List<JsonNode> taught = day.values("evening").stream()
                .filter(told -> told.at("/page/done").asBoolean())
                .map(told -> told.path("skill"))
                .toList();
        assertThat(list(next.values("remember-skills", "day=1/").getFirst())).containsAll(taught);
        assertThat(taught).isNotEmpty();
        List<JsonNode> jobs = list(
                Played.inputs(Catalogue.find("adaplanner").orElseThrow(), 1).path("jobs"));
        int followed = 0;
        for (int job = 1; job <= jobs.size(); job++) {
            String kind = jobs.get(job - 1).path("kind").asText();
            String place = "day=" + job + "/";
            for (JsonNode skill : next.values("sort-skills", place).getFirst()) {
                if (skill.path("kind").asText().equals(kind)) {
                    assertThat(next.values("plan", place).getFirst().at("/steps/0/act/0"))
                            .hasToString("\"go to " + skill.path("at").asText() + "\"");
                    followed++;
                    break;
                }
            }
        }
        assertThat(followed).isPositive();
        assertThat(untaught.values("remember-skills", "day=1/").getFirst()).isEmpty();
        assertThat(control.values("remember-skills")).hasSize(jobs.size()).allMatch(JsonNode::isEmpty);
    }

    /** The third case is in another house. */
    @Test
    void whereAThingIsDoesNotGoWithASkillToAnotherHouse() throws Exception {
        Played elsewhere = Played.of("adaplanner", 2, request -> request.withRealm(TAUGHT));

        assertThat(list(elsewhere.values("sort-skills", "day=1/").getFirst()))
                .isNotEmpty()
                .allSatisfy(skill -> assertThat(skill.path("at").asText()).isEqualTo("another house"));
    }

    @Test
    void theArmThatBeginsAnewForgetsWhatWasSeenAndStillCountsItsActions() throws Exception {
        Played anew = Played.of("adaplanner", request -> request.withParam("onFailure", "restart"));

        assertThat(anew.ledTo("restart")).isNotEmpty().allSatisfy(attempt -> {
            JsonNode begun = anew.values("begin", attempt).getFirst();
            assertThat(begun.path("seen")).isEmpty();
            assertThat(begun.at("/world/state/steps").asInt()).isZero();
            assertThat(begun.path("taken"))
                    .isEqualTo(anew.values("check", before(attempt)).getLast().path("taken"));
        });
    }

    @Test
    void theFirstGameIsThatOfThePlaceboAndTheLaterOnesHearOnlyIt() throws Exception {
        Played placebo = Played.of("negotiation", request -> request.withControl(Control.Kind.CONSTANT_FEEDBACK));

        assertThat(placebo.values("close").getFirst())
                .isEqualTo(session.values("close").getFirst());
        assertThat(placebo.values("sell", "session=1/"))
                .isEqualTo(session.values("sell", "session=1/"))
                .isNotEmpty();
        assertThat(placebo.values("sell")).isNotEqualTo(session.values("sell"));
    }

    @Test
    void aDealIsAtThePriceThatTheOtherSaidAndTheNumbersAreThoseOfTheGames() throws Exception {
        List<Double> profits = new ArrayList<>();
        int aside = 0;
        List<JsonNode> games = list(session.result().best().orElseThrow().value());
        for (int game = 1; game <= games.size(); game++) {
            List<JsonNode> tables = new ArrayList<>(session.values("heard-seller", "session=" + game + "/"));
            tables.addAll(session.values("heard-buyer", "session=" + game + "/"));
            JsonNode ended = games.get(game - 1);
            tables.stream().filter(table -> table.path("deal").asBoolean()).forEach(table -> {
                List<JsonNode> talk = list(table.path("talk"));
                assertThat(table.path("price"))
                        .isEqualTo(talk.get(talk.size() - 2).path("price"));
                assertThat(ended.path("price")).isEqualTo(table.path("price"));
            });
            aside += ended.path("aside").asBoolean() ? 1 : 0;
            if (game > 1 && !ended.path("aside").asBoolean()) {
                profits.add(ended.path("deal").asBoolean() ? ended.path("price").asDouble() - 8 : 0);
            }
        }
        assertThat(session.measured("profit").asDouble())
                .isCloseTo(
                        profits.stream().mapToDouble(profit -> profit).average().orElseThrow(), within(1e-9));
        assertThat(session.measured("aside").asInt()).isEqualTo(aside);
        assertThat(games).hasSize(GAMES);
    }
}
