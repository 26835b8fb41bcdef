package dev.hone.eval;

import dev.hone.engine.eval.PassCurve;
import dev.hone.engine.eval.chart.LineChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Success against what was spent, as charts. */
final class Curves {

    private Curves() {}

    /** Against tokens and against calls; none when nothing says what is right. */
    static List<LineChart> charts(Measured measured, Summary summary) {
        List<LineChart> charts = new ArrayList<>();
        chart(measured, summary.byTokens(), "tokens").ifPresent(charts::add);
        chart(measured, summary.byCalls(), "calls").ifPresent(charts::add);
        return charts;
    }

    private static Optional<LineChart> chart(
            Measured measured, Map<String, List<PassCurve.Point>> curves, String unit) {
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        List<LineChart.Series> lines = measured.arms().stream()
                .filter(side -> curves.containsKey(side.name()))
                .limit(LineChart.MOST_SERIES)
                .map(side -> new LineChart.Series(
                        side.word(),
                        curves.getOrDefault(side.name(), List.of()).stream()
                                .map(point -> new LineChart.Point(
                                        point.spent(),
                                        point.success().mean(),
                                        Optional.of(point.success().interval())))
                                .toList(),
                        true))
                .toList();
        String right = measured.right().orElse("right");
        return Optional.of(new LineChart(
                right + " against " + unit + " spent",
                "How often what a run would have returned is right, after it has spent so many " + unit + ".",
                unit + " of a run",
                right,
                lines));
    }
}
