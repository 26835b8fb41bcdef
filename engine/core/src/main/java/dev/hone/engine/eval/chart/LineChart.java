package dev.hone.engine.eval.chart;

import dev.hone.engine.eval.Interval;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What is to be drawn: a few lines over one axis, each with the band in which it is uncertain.
 *
 * @param title what the chart shows
 * @param says one sentence for those who cannot see it
 * @param x what the horizontal axis measures, with its unit
 * @param y what the vertical axis measures
 * @param series at most 8, in the order of the legend; unmodifiable
 */
public record LineChart(String title, String says, String x, String y, List<Series> series) {

    /** More lines than this nobody tells apart. */
    public static final int MOST_SERIES = 8;

    /** Points in a chart, all lines together. */
    public static final int MOST_POINTS = 10_000;

    /** @throws IllegalArgumentException for more series or points than can be drawn */
    public LineChart {
        series = List.copyOf(series);
        int points = series.stream().mapToInt(line -> line.points().size()).sum();
        if (series.size() > MOST_SERIES || points > MOST_POINTS) {
            throw new IllegalArgumentException("a chart has at most " + MOST_SERIES + " series and " + MOST_POINTS
                    + " points; these are " + series.size() + " and " + points);
        }
    }

    /**
     * One line.
     *
     * @param points from left to right; unmodifiable
     * @param steps whether a value holds until the next point, in the place of a straight line to it
     */
    public record Series(String name, List<Point> points, boolean steps) {

        public Series {
            points = List.copyOf(points);
        }

        /** The corners of its line, from left to right, with those of steps. */
        List<Point> corners() {
            if (!steps) {
                return points;
            }
            return Stream.iterate(0, i -> i < points.size(), i -> i + 1)
                    .flatMap(i -> i == 0
                            ? Stream.of(points.get(0))
                            : Stream.of(points.get(i - 1).movedTo(points.get(i).x()), points.get(i)))
                    .toList();
        }
    }

    /**
     * A point with its band.
     *
     * @param x a finite number
     * @param y a finite number
     */
    public record Point(double x, double y, Optional<Interval> band) {

        /** @throws IllegalArgumentException for what is no number, which cannot be drawn */
        public Point {
            if (!Double.isFinite(x) || !Double.isFinite(y)) {
                throw new IllegalArgumentException("no point of a chart: " + x + ", " + y);
            }
        }

        Point movedTo(double otherX) {
            return new Point(otherX, y, band);
        }
    }

    Axis horizontal() {
        return Axis.over(series.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::x));
    }

    Axis vertical() {
        return Axis.over(series.stream()
                .flatMap(line -> line.points().stream())
                .flatMapToDouble(point -> DoubleStream.concat(
                        DoubleStream.of(point.y()),
                        point.band().stream().flatMapToDouble(band -> DoubleStream.of(band.low(), band.high())))));
    }
}
