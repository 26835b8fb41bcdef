package dev.hone.engine.eval.chart;

import java.util.List;

/**
 * Where the parts of a picture are, in pixels from the upper left corner: the title above, the legend below, two lines to a
 * row.
 */
record Frame(LineChart chart, Axis horizontal, Axis vertical) {

    static final int WIDTH = 720;
    static final int LEFT = 64;
    static final int RIGHT = 24;
    static final int TOP = 44;
    static final int PLOT = 300;
    static final int AXIS = 46;
    static final int ROW = 22;
    static final int SAMPLE = 36;

    static Frame of(LineChart chart) {
        return new Frame(chart, chart.horizontal(), chart.vertical());
    }

    int height() {
        return TOP + PLOT + AXIS + ROW * ((chart.series().size() + 1) / 2) + 10;
    }

    double x(double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * horizontal.at(value);
    }

    double y(double value) {
        return TOP + PLOT * (1 - vertical.at(value));
    }

    int legendX(int series) {
        return LEFT + series % 2 * (WIDTH - LEFT - RIGHT) / 2;
    }

    int legendY(int series) {
        return TOP + PLOT + AXIS + ROW * (series / 2) + 8;
    }

    /** The corners of a line, x and y in turn. */
    List<double[]> line(LineChart.Series series) {
        return series.corners().stream()
                .map(point -> new double[] {x(point.x()), y(point.y())})
                .toList();
    }

    /** Around the band of a line: its upper border from left to right, then its lower one back. */
    List<double[]> band(LineChart.Series series) {
        List<LineChart.Point> banded = series.corners().stream()
                .filter(point -> point.band().isPresent())
                .toList();
        return java.util.stream.Stream.concat(
                        banded.stream().map(point -> new double[] {
                            x(point.x()), y(point.band().orElseThrow().high())
                        }),
                        banded.reversed().stream().map(point -> new double[] {
                            x(point.x()), y(point.band().orElseThrow().low())
                        }))
                .toList();
    }

    /** Of a line's points those that are marked: all, or about a dozen of many. */
    static List<LineChart.Point> marked(LineChart.Series series) {
        int every = Math.max(1, series.points().size() / 12);
        return java.util.stream.IntStream.range(0, series.points().size())
                .filter(i -> i % every == 0 || i == series.points().size() - 1)
                .mapToObj(series.points()::get)
                .toList();
    }

    /** A text that fits beside others. */
    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
