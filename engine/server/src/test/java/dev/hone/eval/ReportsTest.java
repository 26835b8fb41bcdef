package dev.hone.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.EngineException;
import dev.hone.engine.eval.Estimate;
import dev.hone.engine.eval.FalsePasses;
import dev.hone.engine.eval.PassCurve;
import dev.hone.engine.eval.Revisions;
import dev.hone.engine.work.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report says of rows whose numbers are known. */
class ReportsTest {

    private static final int TASKS = 12;
    private static final int SEEDS = 2;

    @Test
    void theFileHasTheRowsThatItsSummaryIsComputedFrom() {
        Measured measured = measured("solved", List.of());

        String json = measured.json();
        Measured again = Measured.read("measured.json", json);

        assertThat(again).isEqualTo(measured);
        JsonNode summary = Json.read(json).path("summary");
        assertThat(Json.read(Json.MAPPER.valueToTree(Summary.of(again)).toString()))
                .isEqualTo(summary);
        assertThat(new Reports(again).markdown()).isEqualTo(new Reports(measured).markdown());
        assertThat(json.lines().filter(line -> line.contains("\"run\"")))
                .as("a row stands on one line")
                .hasSize(3 * TASKS * SEEDS);
    }

    @Test
    void anArmMayBeComparedOnANameOfItsOwn() {
        Measured measured = measured("solved", List.of("regret"), Optional.of("regret"));

        assertThat(Summary.of(measured).comparisons())
                .extracting(Summary.Comparison::against, Summary.Comparison::on)
                .containsExactly(tuple("single_sample", "solved"), tuple("told", "regret"));
        assertThat(String.join("\n", new Reports(measured).text()))
                .contains("The workflow does not beat told (oracle) on regret: the paired difference is 0.00");
        assertThat(new Reports(Measured.read("m.json", new Reports(measured).json())).markdown())
                .isEqualTo(new Reports(measured).markdown());
    }

    @Test
    void anArmIsTheMeanOverTasksOfTheMeanOverSeeds() {
        Summary.Outcome own = outcome("workflow");

        // Tasks 1 to 6 always, 7 to 9 with the first seed alone.
        assertThat(reported(own).mean()).isCloseTo((6 + 3 * 0.5) / 12, within(1e-9));
        assertThat(reported(own).tasks()).isEqualTo(TASKS);
        assertThat(own.calls()).isEqualTo(5);
        assertThat(own.results()).isEqualTo(new FalsePasses(15, 9, 0, 0));
        assertThat(own.revisions()).containsEntry("edit", new Revisions(0, 0, 15, 9));
        assertThat(own.problems()).isZero();
        assertThat(outcome("single_sample").problems()).isEqualTo(1);
    }

    @Test
    void aReportSaysPlainlyWhereAnArmIsNotBeaten() {
        String text = String.join("\n", new Reports(measured("solved", List.of())).text());

        assertThat(text)
                .contains("The workflow beats single sample on solved: the paired difference is +0.63 (")
                .contains("The workflow does not beat told (oracle) on solved: the paired difference is 0.00");
        assertThat(text).contains("told (oracle)  ", "false passes", "right stays right", "problems");
    }

    @Test
    void whereLessIsBetterMoreIsWorse() {
        String text = String.join("\n", new Reports(measured("regret", List.of("regret"))).text());

        assertThat(text).contains("The workflow is worse than single sample on regret");
    }

    @Test
    void theCurveEndsWhereTheRunsEnd() {
        List<PassCurve.Point> curve = Objects.requireNonNull(
                Summary.of(measured("solved", List.of())).byCalls().get("workflow"));

        assertThat(curve.getFirst().success().mean()).isZero();
        assertThat(curve.getLast().spent()).isEqualTo(5);
        assertThat(curve.getLast().success().mean())
                .isCloseTo(reported(outcome("workflow")).mean(), within(1e-9));
    }

    @Test
    void thePageNeedsNothingFromElsewhere() {
        String html = new Reports(measured("solved", List.of())).html();

        assertThat(html)
                .contains("<svg", "told (oracle)", "does not beat")
                .doesNotContain("<script", "src=", "@import");
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http");
    }

    @Test
    void whatWasMeasuredGoesBetweenTheMarksOfAReadme(@TempDir Path folder) throws Exception {
        Reports reports = new Reports(measured("solved", List.of()));
        Path readme = folder.resolve("README.md");
        Files.writeString(readme, "# w\n\n<!-- measured -->\nold\n<!-- end of measured -->\n\nMore.\n");

        reports.keep(folder);

        assertThat(readme)
                .hasContent("# w\n\n<!-- measured -->\n" + Files.readString(folder.resolve("measured.md"))
                        + "<!-- end of measured -->\n\nMore.\n");
        assertThat(Reports.inserted("# w\n", "new")).isEqualTo("# w\n");
    }

    @Test
    void anotherFileIsRefused() {
        for (String text : List.of("{}", "[]", "no", "{\"workflow\": 1, \"arms\": []}")) {
            assertThatThrownBy(() -> Measured.read("m.json", text))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("m.json is no file that an evaluation wrote");
        }
    }

    private static Estimate reported(Summary.Outcome outcome) {
        return Objects.requireNonNull(outcome.reports().get("solved"));
    }

    private static Summary.Outcome outcome(String arm) {
        return Summary.of(measured("solved", List.of())).arms().stream()
                .filter(outcome -> outcome.arm().equals(arm))
                .findFirst()
                .orElseThrow();
    }

    private static Measured measured(String primary, List<String> lower) {
        return measured(primary, lower, Optional.empty());
    }

    /** @param on what the one who was told is compared on */
    private static Measured measured(String primary, List<String> lower, Optional<String> on) {
        List<Row> rows = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (int task = 1; task <= TASKS; task++) {
                boolean solved = task <= 6 || task <= 9 && seed == 1;
                rows.add(row("workflow", task, seed, solved, 5, "rule"));
                rows.add(row("told", task, seed, solved, 5, "rule"));
                rows.add(row("single_sample", task, seed, false, 1, task + seed == 2 ? "problem" : "completed"));
            }
        }
        return new Measured(
                "w",
                "0123456789abcdef",
                "fedcba9876543210",
                TASKS,
                SEEDS,
                1,
                Map.of(),
                Map.of(),
                primary,
                List.of(primary, primary.equals("solved") ? "regret" : "solved"),
                lower,
                Optional.of("solved"),
                "1",
                new Measured.Machine(2, "25", "Linux amd64"),
                List.of(
                        side("single_sample", false, Optional.empty()),
                        side("workflow", false, Optional.empty()),
                        side("told", true, on)),
                rows);
    }

    private static Measured.Side side(String name, boolean oracle, Optional<String> on) {
        return new Measured.Side(name, oracle, "0123", Map.of(), Map.of(), Map.of(), on);
    }

    private static Row row(String arm, int task, int seed, boolean solved, int calls, String stop) {
        boolean revised = calls > 1;
        return new Row(
                arm + "-" + task + "-" + seed,
                arm,
                task,
                seed,
                stop,
                stop.equals("problem")
                        ? Map.of()
                        : Map.of("solved", Json.node(solved), "regret", Json.node(calls + task)),
                calls,
                calls * 10L,
                0,
                0.5,
                revised,
                solved ? List.of(new Row.Turn(1, 10, false), new Row.Turn(calls, calls * 10L, true)) : List.of(),
                revised ? Map.of("edit", Revisions.of(false, solved)) : Map.of(),
                Optional.empty(),
                0);
    }
}
