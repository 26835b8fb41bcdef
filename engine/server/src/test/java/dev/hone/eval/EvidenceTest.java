package dev.hone.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.Usage;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.StopReason;
import dev.hone.engine.Workshop;
import dev.hone.engine.compile.Params;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.NewEvent;
import dev.hone.engine.ledger.ProgramRecord;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file of measurements proves, and what keeps it from proving anything. */
class EvidenceTest {

    private static final int TASKS = 24;

    private static final Source SOURCE = new Source("shift.yaml", """
            hone: 1
            name: shift
            input: {n: number, hidden: {type: number, sealed: true}}
            params: {base: 1}
            slots:
              step: {kind: threshold, init: 0}
              title: {kind: prompt, init: "Guess."}
            pools: {answers: {shape: flat}}
            budget: {calls: 0}
            flow:
              - exec: {id: guess, tool: compute, in: {value: "= n + slot.step"}, take: "= string(out.value)", out: answer, into: answers}
            measure:
              sealed:
                - exec: {tool: assert, in: {checks: {right: "= result = string(hidden)"}}}
                  report: {solved: "= out.pass", regret: "= 0.5"}
              report: [solved, regret]
            """);
    private static final Source OTHER = new Source("other.yaml", SOURCE.text().replace("init: 0}", "init: 1}"));
    private static final Workshop WORKSHOP = Workshop.discovered();
    private static final Program PROGRAM = WORKSHOP.compile(SOURCE);
    private static final Program OTHER_PROGRAM = WORKSHOP.compile(OTHER);
    private static final Candidate STEP = new Candidate.ForSlot("step", Optional.of(Json.read("1")));

    @TempDir
    Path directory;

    private final Ledger ledger = Ledger.inMemory();
    private final List<Measured.Side> sides = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private String primary = "solved";
    private List<String> lower = List.of();

    @AfterEach
    void close() {
        ledger.close();
    }

    // --- what an evaluation leaves

    /** One run of an arm. */
    private record Made(int task, RunSetup setup, boolean solved, long calls) {

        Made with(RunSetup other) {
            return new Made(task, other, solved, calls);
        }

        Made costing(long other) {
            return new Made(task, setup, solved, other);
        }
    }

    /** @param solves how many of the tasks, the last ones */
    private void arm(String name, Program program, Map<String, JsonNode> slots, int solves) {
        arm(name, program, slots, solves, UnaryOperator.identity());
    }

    private void arm(
            String name, Program program, Map<String, JsonNode> slots, int solves, UnaryOperator<Made> changed) {
        Source source = program == PROGRAM ? SOURCE : OTHER;
        ledger.putProgram(new ProgramRecord(program.hash(), program.name(), source.file(), source.text(), Map.of()));
        sides.add(new Measured.Side(
                name, name.equals("told"), program.hash(), Map.of(), Map.of(), slots, Optional.empty()));
        for (int task = 1; task <= TASKS; task++) {
            ObjectNode inputs = Json.object().put("n", task).put("hidden", task + 1);
            JsonNode params = Json.node(Params.of(program.workflow(), Map.of(), new ArrayList<>()));
            RunSetup setup = setup(inputs, (ObjectNode) params, slots, task);
            write(name, program, changed.apply(new Made(task, setup, task > TASKS - solves, 3)));
        }
    }

    private static RunSetup setup(ObjectNode inputs, ObjectNode params, Map<String, JsonNode> slots, long seed) {
        return new RunSetup(
                inputs,
                params,
                Map.of(),
                slots,
                Map.of(),
                seed,
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty());
    }

    private void write(String arm, Program program, Made made) {
        String run = arm + "-" + made.task();
        ledger.createRun(
                new RunRecord(run, program.name(), program.hash(), made.setup().json(), Instant.now()));
        Map<String, JsonNode> measured =
                Map.of("solved", Json.node(made.solved()), "regret", Json.node(made.solved() ? 0 : 1));
        RunResult result = new RunResult(
                run,
                StopReason.of(StopReason.Kind.COMPLETED, "done"),
                Optional.empty(),
                new Usage(made.calls(), 10, 5, 0),
                1,
                measured,
                List.of());
        ledger.append(
                run,
                new NewEvent(
                        "run",
                        "",
                        1,
                        EventKind.RUN_FINISHED,
                        Json.MAPPER.valueToTree(result).toString()));
        rows.add(new Row(
                run,
                arm,
                made.task(),
                1,
                "completed",
                measured,
                made.calls(),
                15,
                0,
                1,
                false,
                List.of(),
                Map.of(),
                Optional.empty(),
                0));
    }

    private String file() {
        return new Measured(
                        "shift",
                        PROGRAM.hash(),
                        "data",
                        TASKS,
                        1,
                        1,
                        Map.of(),
                        Map.of(),
                        primary,
                        List.of("solved", "regret"),
                        lower,
                        Optional.of("solved"),
                        "0.1.0",
                        Measured.Machine.here(),
                        sides,
                        rows)
                .json();
    }

    private Evidence evidence(String text) {
        try {
            return Evidence.read(
                    Files.writeString(directory.resolve("measured.json"), text), Archive.of(ledger, Optional.empty()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Evidence.Shown shown(Candidate candidate, String arm) {
        return evidence(file()).test(PROGRAM, SOURCE, candidate, arm, "workflow", 0.05);
    }

    private void refused(Candidate candidate, String arm, String why) {
        refused(() -> shown(candidate, arm), why);
    }

    private static void refused(ThrowingCallable test, String why) {
        assertThatThrownBy(test).hasMessageContaining("BAD_EVIDENCE").hasMessageContaining(why);
    }

    private void workflowAndUp() {
        arm("workflow", PROGRAM, Map.of(), 4);
        arm("up", PROGRAM, Map.of("step", Json.read("1")), 18);
    }

    // --- what it shows

    @Test
    void aGainThatIsLargeEnoughIsShown() {
        workflowAndUp();
        Evidence.Shown shown = shown(STEP, "up");
        assertThat(shown.gain().shown()).isTrue();
        assertThat(shown.gain().needed()).isCloseTo(20, within(1e-9));
        assertThat(shown.gain().difference().mean()).isCloseTo(14.0 / TASKS, within(1e-9));
        assertThat(shown.content()).isEqualTo(Json.read("1"));
        assertThat(evidence(file()).onlyCandidate()).isEqualTo("up");
        assertThat(shown(new Candidate.ForSlot("step", Optional.empty()), "up").content())
                .as("whatever the arm used")
                .isEqualTo(Json.read("1"));
    }

    @Test
    void aSmallGainIsNotAndItIsSaidHowFarItIsFromIt() {
        arm("workflow", PROGRAM, Map.of(), 10);
        arm("up", PROGRAM, Map.of("step", Json.read("1")), 12);
        Gain gain = shown(STEP, "up").gain();
        assertThat(gain.shown()).isFalse();
        assertThat(gain.eValue()).isBetween(1.0, 5.0);
        assertThat(gain.words()).matches("\\+0\\.08 \\[[+-]0\\.\\d\\d, \\+0\\.\\d\\d]");
        assertThat(gain.evidence()).endsWith(" of the 20 needed");
        assertThat(gain.advice()).matches("About \\d+ more tasks like these would show it\\.");
    }

    @Test
    void theBestOfSeveralArmsHasToShowMore() {
        workflowAndUp();
        arm("down", PROGRAM, Map.of("step", Json.read("-1")), 0);
        arm("told", PROGRAM, Map.of("step", Json.read("1")), 24);
        arm("iid_same_budget", PROGRAM, Map.of(), 3);
        assertThat(shown(STEP, "up").gain().needed())
                .as("two were tried; oracles and controls cannot be promoted")
                .isCloseTo(40, within(1e-9));
        refused(() -> evidence(file()).onlyCandidate(), "has the arms up, down");
    }

    @Test
    void whereLessIsBetterLessIsAGain() {
        primary = "regret";
        lower = List.of("regret");
        workflowAndUp();
        assertThat(shown(STEP, "up").gain().difference().mean()).isCloseTo(14.0 / TASKS, within(1e-9));
        lower = List.of();
        assertThat(shown(STEP, "up").gain().difference().mean()).isCloseTo(-14.0 / TASKS, within(1e-9));
    }

    @Test
    void aWholeWorkflowIsShownByAnArmThatRanIt() {
        arm("workflow", PROGRAM, Map.of(), 4);
        arm("other", OTHER_PROGRAM, Map.of(), 18);
        Evidence.Shown shown = shown(new Candidate.Whole(OTHER_PROGRAM, OTHER), "other");
        assertThat(shown.gain().shown()).isTrue();
        assertThat(Json.MAPPER.convertValue(shown.content(), Source.class)).isEqualTo(OTHER);
        refused(STEP, "other", "ran another workflow");
    }

    // --- what keeps it from showing anything

    @Test
    void aFileThatSaysSomethingElseThanTheLedgerIsRefused() {
        workflowAndUp();
        String better = file().replace("\"solved\":false", "\"solved\":true");
        refused(
                () -> evidence(better).test(PROGRAM, SOURCE, STEP, "up", "workflow", 0.05),
                "something else of the run workflow-1 than the ledger");
        String elsewhere = file().replace("\"run\":\"up-7\"", "\"run\":\"up-70\"");
        refused(
                () -> evidence(elsewhere).test(PROGRAM, SOURCE, STEP, "up", "workflow", 0.05),
                "not in this data directory");
        rows.removeIf(row -> row.run().equals("up-3"));
        refused(STEP, "up", "has 23 runs of 24 tasks");
        rows.add(rows.getLast());
        refused(STEP, "up", "two rows");
    }

    @Test
    void anOracleCannotBePromoted() {
        arm("workflow", PROGRAM, Map.of(), 4);
        arm("told", PROGRAM, Map.of("step", Json.read("1")), 24);
        refused(STEP, "told", "is an oracle");
    }

    @Test
    void anArmThatSpentMoreIsNoEvidence() {
        arm("workflow", PROGRAM, Map.of(), 4);
        arm("up", PROGRAM, Map.of("step", Json.read("1")), 18, made -> made.costing(4));
        refused(STEP, "up", "spent 4.0 calls a run and workflow 3.0");
    }

    @Test
    void anArmWithAnotherValueIsNoEvidence() {
        workflowAndUp();
        refused(new Candidate.ForSlot("step", Optional.of(Json.read("2"))), "up", "used 1 for the slot step, not 2");
        refused(new Candidate.ForSlot("title", Optional.empty()), "up", "did not use another value for the slot title");
        arm("both", PROGRAM, Map.of("step", Json.read("1"), "title", Json.node("Guess well.")), 20);
        refused(STEP, "both", "differs from how the workflow runs now by more");
    }

    @Test
    void aControlOrOtherParametersAreNoEvidence() {
        arm("workflow", PROGRAM, Map.of(), 4);
        arm("base", PROGRAM, Map.of("step", Json.read("1")), 18, made -> {
            RunSetup setup = made.setup();
            return made.with(setup(setup.inputs(), Json.object().put("base", 2), setup.slots(), setup.seed()));
        });
        refused(STEP, "base", "differs from how the workflow runs now by more");
    }

    @Test
    void evidenceAgainstWhatDoesNotRunAnyMoreIsRefused() {
        workflowAndUp();
        Evidence.Shown shown = shown(STEP, "up");
        assertThat(shown.gain().shown()).isTrue();
        ledger.promote(new Promotion(
                "shift",
                SOURCE.hash(),
                "title",
                0,
                "\"Guess well.\"",
                new Promotion.Evidence("file", "up", "workflow", "solved", 0.2, 0.1, 0.3, 24.5, 20, 0.05, 40, 3),
                Optional.empty(),
                new Promotion.Act("ada", "", Instant.now()),
                Optional.empty()));
        refused(STEP, "up", "the arm workflow differs from how the workflow runs now");
        refused(
                () -> evidence(file()).test(OTHER_PROGRAM, OTHER, STEP, "up", "workflow", 0.05),
                "about another text of the workflow");
    }

    @Test
    void oneTaskCountsOnce() {
        UnaryOperator<Made> same = made -> {
            RunSetup setup = made.setup();
            ObjectNode inputs = Json.object().put("n", made.task() / 2).put("hidden", 1);
            return made.with(setup(inputs, setup.params(), setup.slots(), setup.seed()));
        };
        arm("workflow", PROGRAM, Map.of(), 4, same);
        arm("up", PROGRAM, Map.of("step", Json.read("1")), 18, same);
        refused(STEP, "up", "are the same, and one task counts once");
    }

    @Test
    void whatNoSealedCheckReportsIsNoEvidence() {
        primary = "calls";
        workflowAndUp();
        refused(STEP, "up", "compared on calls, which no sealed check reports");
    }
}
