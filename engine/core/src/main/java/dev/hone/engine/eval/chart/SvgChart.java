package dev.hone.engine.eval.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A chart as an SVG document: the same chart, the same text. It follows the reader's light or dark setting, says its title and
 * sentence to those who cannot see it, and may stand in a page with others.
 */
public final class SvgChart {

    private final StringBuilder text = new StringBuilder();
    private final Frame frame;

    private SvgChart(Frame frame) {
        this.frame = frame;
    }

    public static String draw(LineChart chart) {
        SvgChart svg = new SvgChart(Frame.of(chart));
        svg.head(chart);
        svg.axes(chart);
        for (int i = 0; i < chart.series().size(); i++) {
            svg.band(chart.series().get(i), i);
        }
        for (int i = 0; i < chart.series().size(); i++) {
            svg.line(chart.series().get(i), i);
        }
        return svg.text.append("</g>\n</svg>\n").toString();
    }

    private void head(LineChart chart) {
        put(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                Frame.WIDTH, frame.height(), escaped(chart.title()));
        put("<title>%s</title>", escaped(chart.title()));
        put("<desc>%s</desc>", escaped(chart.says()));
        put("<style>");
        put(".hone-chart{font:13px system-ui,sans-serif}.hone-chart .g{fill:#fff}.hone-chart .t{fill:#1c1f24}"
                + ".hone-chart .a{stroke:#8a8f98}.hone-chart .n{stroke:#d9dce1}");
        put(styles(false, chart.series().size()));
        put("@media(prefers-color-scheme:dark){.hone-chart .g{fill:#14171c}.hone-chart .t{fill:#e6e8eb}"
                + ".hone-chart .a{stroke:#8a8f98}.hone-chart .n{stroke:#343a43}");
        put(styles(true, chart.series().size()) + "}");
        put("</style>");
        put("<g class=\"hone-chart\">");
        put("<rect class=\"g\" width=\"%d\" height=\"%d\"/>", Frame.WIDTH, frame.height());
        put(
                "<text class=\"t\" x=\"%d\" y=\"26\" font-size=\"16\" font-weight=\"600\">%s</text>",
                Frame.LEFT, escaped(Frame.shortened(chart.title(), 80)));
    }

    private static String styles(boolean dark, int series) {
        StringBuilder styles = new StringBuilder();
        for (int i = 0; i < series; i++) {
            String colour = dark ? Look.of(i).dark() : Look.of(i).light();
            styles.append(String.format(
                    Locale.ROOT, ".hone-chart .s%d{stroke:%s}.hone-chart .f%d{fill:%s}", i, colour, i, colour));
        }
        return styles.toString();
    }

    private void axes(LineChart chart) {
        int bottom = Frame.TOP + Frame.PLOT;
        for (double tick : frame.vertical().ticks()) {
            String y = number(frame.y(tick));
            put(
                    "<line class=\"n\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>",
                    Frame.LEFT, Frame.WIDTH - Frame.RIGHT, y, y);
            put(
                    "<text class=\"t\" x=\"%d\" y=\"%s\" text-anchor=\"end\">%s</text>",
                    Frame.LEFT - 8, number(frame.y(tick) + 4), frame.vertical().label(tick));
        }
        for (double tick : frame.horizontal().ticks()) {
            put(
                    "<text class=\"t\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    number(frame.x(tick)), bottom + 18, frame.horizontal().label(tick));
        }
        put(
                "<path class=\"a\" fill=\"none\" d=\"M%d %dV%dH%d\"/>",
                Frame.LEFT, Frame.TOP, bottom, Frame.WIDTH - Frame.RIGHT);
        put(
                "<text class=\"t\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (Frame.LEFT + Frame.WIDTH - Frame.RIGHT) / 2, bottom + 36, escaped(chart.x()));
        put(
                "<text class=\"t\" transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                Frame.TOP + Frame.PLOT / 2, escaped(chart.y()));
    }

    private void band(LineChart.Series series, int i) {
        List<double[]> around = frame.band(series);
        if (!around.isEmpty()) {
            put("<polygon class=\"f%d\" fill-opacity=\"0.14\" points=\"%s\"/>", i, points(around));
        }
    }

    private void line(LineChart.Series series, int i) {
        Look look = Look.of(i);
        put(
                "<polyline class=\"s%d\" fill=\"none\" stroke-width=\"2\"%s points=\"%s\"/>",
                i, dashes(look), points(frame.line(series)));
        for (LineChart.Point point : Frame.marked(series)) {
            marker(look.marker(), i, frame.x(point.x()), frame.y(point.y()));
        }
        int x = frame.legendX(i);
        int y = frame.legendY(i);
        put(
                "<path class=\"s%d\" fill=\"none\" stroke-width=\"2\"%s d=\"M%d %dh%d\"/>",
                i, dashes(look), x, y, Frame.SAMPLE);
        marker(look.marker(), i, x + Frame.SAMPLE / 2.0, y);
        put(
                "<text class=\"t\" x=\"%d\" y=\"%d\">%s</text>",
                x + Frame.SAMPLE + 8, y + 4, escaped(Frame.shortened(series.name(), 36)));
    }

    private void marker(Look.Marker marker, int i, double x, double y) {
        String classes = marker.filled() ? "f" + i : "g s" + i;
        if (marker.corners().isEmpty()) {
            put(
                    "<circle class=\"%s\" stroke-width=\"1.5\" cx=\"%s\" cy=\"%s\" r=\"4\"/>",
                    classes, number(x), number(y));
            return;
        }
        StringBuilder corners = new StringBuilder();
        for (int k = 0; k < marker.corners().size(); k += 2) {
            corners.append(k == 0 ? "" : " ")
                    .append(number(x + 4.5 * marker.corners().get(k)))
                    .append(',')
                    .append(number(y + 4.5 * marker.corners().get(k + 1)));
        }
        put("<polygon class=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>", classes, corners);
    }

    private static String dashes(Look look) {
        return look.dashes().isEmpty()
                ? ""
                : look.dashes().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ", " stroke-dasharray=\"", "\""));
    }

    private static String points(List<double[]> corners) {
        return corners.stream()
                .map(corner -> number(corner[0]) + "," + number(corner[1]))
                .collect(Collectors.joining(" "));
    }

    private static String number(double pixels) {
        String tenths = String.format(Locale.ROOT, "%.1f", pixels);
        return tenths.endsWith(".0") ? tenths.substring(0, tenths.length() - 2) : tenths;
    }

    /** Text that XML takes: what it cannot hold, such as control characters, is left out. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> {
                    boolean character =
                            point >= ' ' && (point < 0xD800 || point > 0xDFFF) && (point & 0xFFFE) != 0xFFFE;
                    if (character || point == '\t' || point == '\n') {
                        escaped.appendCodePoint(point);
                    }
                }
            }
        });
        return escaped.toString();
    }

    private void put(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
