package dev.hone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.engine.eval.Interval;
import dev.hone.engine.eval.SignTest;
import dev.hone.engine.eval.Wilson;
import dev.hone.engine.work.Json;
import dev.hone.eval.Arm;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The arms of a batch side by side, and what the cases show about them. */
final class BatchReport {

    private final Workflow workflow;
    private final long seed;
    private final Map<Arm, List<RunResult>> results;
    private final List<String> columns;

    /** @param results the same cases in the same order for every arm */
    BatchReport(Workflow workflow, long seed, Map<Arm, List<RunResult>> results) {
        this.workflow = workflow;
        this.seed = seed;
        this.results = results;
        this.columns = workflow.measure().report().isEmpty()
                ? List.of("calls", "seconds")
                : workflow.measure().report().stream().map(Workflow.Name::name).toList();
    }

    boolean failed() {
        return results.values().stream().flatMap(List::stream).anyMatch(BatchReport::problem);
    }

    private static boolean problem(RunResult result) {
        return result.stop().kind() == StopReason.Kind.PROBLEM;
    }

    // --- for people

    void print(PrintWriter to) {
        int n = own().size();
        to.println(workflow.name() + " on " + n + " cases, seed " + seed + "; calls and seconds are means of a case");
        to.println();
        StringBuilder head = new StringBuilder(pad("", 20));
        columns.forEach(column -> head.append(lastCell(column, column)));
        to.println(head.toString().stripTrailing());
        results.forEach((arm, runs) -> {
            StringBuilder line = new StringBuilder(pad(arm.word(), 20));
            columns.forEach(column -> line.append(lastCell(column, cell(runs, column))));
            to.println(line.toString().stripTrailing());
        });
        to.println();
        comparisons().forEach(comparison -> to.println(comparison.sentence()));
        results.forEach((arm, runs) -> runs.stream()
                .filter(BatchReport::problem)
                .forEach(run -> to.println("run " + run.run() + " of " + arm.word() + " ended with a problem: "
                        + run.stop().text())));
    }

    private String lastCell(String column, String text) {
        return pad(text, judged(column) ? 28 : 12);
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text + "  " : text + " ".repeat(width - text.length());
    }

    private String cell(List<RunResult> runs, String column) {
        if (judged(column)) {
            int hits = hits(runs, column);
            Interval interval = Wilson.interval(hits, runs.size());
            return String.format(
                    Locale.ROOT, "%d/%d (%.2f to %.2f)", hits, runs.size(), interval.low(), interval.high());
        }
        return String.format(Locale.ROOT, "%.2f", mean(runs, column));
    }

    // --- for programs

    ObjectNode json() {
        ObjectNode object = Json.object().put("workflow", workflow.name()).put("seed", seed);
        results.forEach((arm, runs) -> {
            ObjectNode one = object.withArray("arms").addObject().put("arm", arm.name());
            one.put("cases", runs.size());
            for (String column : columns) {
                if (judged(column)) {
                    Interval interval = Wilson.interval(hits(runs, column), runs.size());
                    one.putObject(column)
                            .put("count", hits(runs, column))
                            .put("low", interval.low())
                            .put("high", interval.high());
                } else {
                    one.put(column, mean(runs, column));
                }
            }
            runs.forEach(run -> one.withArray("runs").add(Json.MAPPER.<JsonNode>valueToTree(run)));
        });
        comparisons()
                .forEach(comparison -> object.withArray("comparisons")
                        .addObject()
                        .put("against", comparison.against().name())
                        .put("on", comparison.on())
                        .put("only_workflow", comparison.won())
                        .put("only_other", comparison.lost())
                        .put("p", comparison.p()));
        return object;
    }

    // --- columns

    /** Whether a column counts cases, as its values are true or false. */
    private boolean judged(String column) {
        return results.values().stream()
                .flatMap(List::stream)
                .anyMatch(run -> value(run, column).filter(JsonNode::isBoolean).isPresent());
    }

    private static int hits(List<RunResult> runs, String column) {
        return (int) runs.stream()
                .filter(run -> value(run, column).filter(JsonNode::asBoolean).isPresent())
                .count();
    }

    private static double mean(List<RunResult> runs, String column) {
        return runs.stream()
                .flatMap(run -> value(run, column).stream())
                .mapToDouble(JsonNode::asDouble)
                .average()
                .orElse(Double.NaN);
    }

    private static Optional<JsonNode> value(RunResult run, String column) {
        return switch (column) {
            case "calls" -> Optional.of(Json.node(run.spent().calls()));
            case "tokens" -> Optional.of(Json.node(run.spent().tokens()));
            case "money" -> Optional.of(Json.node(run.spent().microUsd() / 1e6));
            case "seconds" -> Optional.of(Json.node(run.seconds()));
            default -> Optional.ofNullable(run.measured().get(column));
        };
    }

    // --- what may be said

    /**
     * The workflow against another arm, case by case.
     *
     * @param won cases that only the workflow has
     * @param lost cases that only the other arm has
     * @param p of the sign test
     */
    record Comparison(Arm against, String on, int won, int lost, double p) {

        String sentence() {
            String cases = "Against " + against.word() + ", on " + on + ": " + won + " case" + (won == 1 ? "" : "s")
                    + " only with the workflow, " + lost + " only without";
            String verdict = p >= 0.05
                    ? "these cases do not tell the two apart"
                    : won > lost ? "the workflow is better on them" : "the workflow is worse on them";
            return cases + String.format(Locale.ROOT, " (sign test, p = %.2f): ", p) + verdict + ".";
        }
    }

    private List<RunResult> own() {
        return results.entrySet().stream()
                .filter(arm -> arm.getKey().isWorkflow())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }

    private List<Comparison> comparisons() {
        List<RunResult> own = own();
        List<Comparison> comparisons = new ArrayList<>();
        for (String column : columns) {
            if (!judged(column)) {
                continue;
            }
            results.forEach((arm, runs) -> {
                if (!arm.isWorkflow() && runs.size() == own.size()) {
                    int won = 0;
                    int lost = 0;
                    for (int i = 0; i < own.size(); i++) {
                        boolean here = hits(List.of(own.get(i)), column) == 1;
                        boolean there = hits(List.of(runs.get(i)), column) == 1;
                        won += here && !there ? 1 : 0;
                        lost += there && !here ? 1 : 0;
                    }
                    comparisons.add(new Comparison(arm, column, won, lost, SignTest.p(won, lost)));
                }
            });
        }
        return comparisons;
    }
}
