package dev.hone.eval;

import dev.hone.engine.eval.Estimate;
import dev.hone.engine.eval.Interval;
import dev.hone.engine.eval.Rate;
import dev.hone.engine.eval.Revisions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of a report: what stands in its cells, however it is drawn.
 *
 * @param rows each with as many cells as there are columns
 * @param strong the row that is set off; -1 for none
 */
record Table(List<String> columns, List<List<String>> rows, int strong) {

    /** What every run has, and what the table shows anyway. */
    private static final Set<String> COSTS = Set.of("calls", "tokens", "money", "seconds");

    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** The arms side by side. */
    static Table arms(Measured measured, Summary summary) {
        boolean priced = summary.arms().stream().anyMatch(arm -> arm.usd() > 0);
        boolean seen =
                summary.arms().stream().anyMatch(arm -> arm.results().rate().trials() > 0);
        boolean problems = summary.arms().stream().anyMatch(arm -> arm.problems() > 0);
        List<String> reports = measured.reports().stream()
                .filter(name -> !COSTS.contains(name))
                .toList();
        List<String> columns = new ArrayList<>(List.of("arm"));
        columns.addAll(reports);
        columns.addAll(List.of("calls", "tokens"));
        if (priced) {
            columns.add("money");
        }
        columns.add("seconds");
        if (seen) {
            columns.add("false passes");
        }
        if (problems) {
            columns.add("problems");
        }
        List<List<String>> rows = new ArrayList<>();
        int strong = -1;
        for (int i = 0; i < summary.arms().size(); i++) {
            Summary.Outcome arm = summary.arms().get(i);
            List<String> row = new ArrayList<>(List.of(measured.arms().get(i).word()));
            reports.forEach(name -> row.add(estimate(arm.reports().get(name))));
            row.add(number(arm.calls()));
            row.add(number(arm.tokens()));
            if (priced) {
                row.add(String.format(Locale.ROOT, "$%.4f", arm.usd()));
            }
            row.add(number(arm.seconds()));
            if (seen) {
                row.add(rate(arm.results().rate()));
            }
            if (problems) {
                row.add(String.valueOf(arm.problems()));
            }
            rows.add(row);
            strong = arm.arm().equals(Arm.WORKFLOW) ? i : strong;
        }
        return new Table(columns, rows, strong);
    }

    /** The workflow against the other arms. */
    static Table comparisons(Measured measured, Summary summary) {
        List<List<String>> rows = summary.comparisons().stream()
                .map(one -> List.of(
                        measured.side(one.against()).word(),
                        one.on(),
                        estimate(one.difference()),
                        one.always().map(Table::interval).orElse("–"),
                        one.won() + " to " + one.lost(),
                        p(one.p())))
                .toList();
        return new Table(
                List.of("against", "on", "difference", "at every look", "tasks with more, less", "sign test, p"),
                rows,
                -1);
    }

    /** {@code 0.13}, or {@code < 0.01}. */
    static String p(double p) {
        return p < 0.01 ? "< 0.01" : String.format(Locale.ROOT, "%.2f", p);
    }

    private static String interval(Interval interval) {
        return number(interval.low()) + " to " + number(interval.high());
    }

    /** What revising did, by arm and step; no rows when nothing was revised. */
    static Table revisions(Measured measured, Summary summary) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < summary.arms().size(); i++) {
            String word = measured.arms().get(i).word();
            for (Map.Entry<String, Revisions> step :
                    summary.arms().get(i).revisions().entrySet()) {
                rows.add(List.of(
                        word,
                        step.getKey(),
                        rate(step.getValue().staysRight()),
                        rate(step.getValue().becomesRight())));
            }
        }
        return new Table(List.of("arm", "step", "right stays right", "wrong becomes right"), rows, -1);
    }

    /** {@code 0.42 (0.21 to 0.63)}. */
    static String estimate(@Nullable Estimate estimate) {
        return estimate == null ? "" : number(estimate.mean()) + " (" + interval(estimate.interval()) + ")";
    }

    /** {@code 3/20}; nothing of no trials. */
    private static String rate(Rate rate) {
        return rate.trials() == 0
                ? "–"
                : String.format(
                        Locale.ROOT, "%d/%d = %.2f", rate.hits(), rate.trials(), (double) rate.hits() / rate.trials());
    }

    /** Two digits behind the point, one when there are hundreds. */
    static String number(double value) {
        double shown = Math.abs(value) < 0.005 ? 0 : value;
        return String.format(Locale.ROOT, Math.abs(shown) >= 100 ? "%.0f" : "%.2f", shown);
    }

    // --- how it is drawn

    /** Lines for a terminal. */
    List<String> text() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    columns.get(i).length(),
                    rows.stream()
                            .mapToInt(row -> row.get(column).length())
                            .max()
                            .orElse(0));
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(columns, widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| " + String.join(" | ", columns) + " |");
        lines.add("|---" + "|---:".repeat(columns.size() - 1) + "|");
        for (int i = 0; i < rows.size(); i++) {
            boolean bold = i == strong;
            lines.add("| "
                    + String.join(
                            " | ",
                            rows.get(i).stream()
                                    .map(cell -> bold && !cell.isEmpty() ? "**" + cell + "**" : cell)
                                    .toList())
                    + " |");
        }
        return lines;
    }

    String html() {
        StringBuilder html = new StringBuilder("<table>\n<tr>");
        columns.forEach(
                column -> html.append("<th>").append(Html.escaped(column)).append("</th>"));
        html.append("</tr>\n");
        for (int i = 0; i < rows.size(); i++) {
            html.append(i == strong ? "<tr class=\"own\">" : "<tr>");
            rows.get(i)
                    .forEach(cell ->
                            html.append("<td>").append(Html.escaped(cell)).append("</td>"));
            html.append("</tr>\n");
        }
        return html.append("</table>\n").toString();
    }
}
