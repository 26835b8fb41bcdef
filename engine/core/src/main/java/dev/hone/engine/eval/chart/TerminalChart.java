package dev.hone.engine.eval.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A chart in lines of text of a fixed width: lines in the dots of Braille characters, 2 across and 4 down in each, the points
 * of each line as a shape of its own. Bands are left out, as dots have no shades.
 */
public final class TerminalChart {

    private static final int BLANK = 0x2800;
    /** The bit of a dot, by its row and column in a character. */
    private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

    private final int columns;
    private final int rows;
    private final int[][] cells;
    private final char[][] shapes;

    private TerminalChart(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.cells = new int[rows][columns];
        this.shapes = new char[rows][columns];
    }

    /**
     * The chart as lines, none of them longer than {@code width}.
     *
     * @param width in characters, at least 40
     * @param height of the plot alone in characters, at least 4
     * @throws IllegalArgumentException for less
     */
    public static List<String> draw(LineChart chart, int width, int height) {
        if (width < 40 || height < 4) {
            throw new IllegalArgumentException("a chart needs 40 by 4 characters, not " + width + " by " + height);
        }
        Axis vertical = chart.vertical();
        int margin = vertical.ticks().stream()
                .mapToInt(tick -> vertical.label(tick).length())
                .max()
                .orElse(1);
        TerminalChart plot = new TerminalChart(width - margin - 2, height);
        Axis horizontal = chart.horizontal();
        for (int i = 0; i < chart.series().size(); i++) {
            plot.line(chart.series().get(i), i, horizontal, vertical);
        }
        List<String> lines = new ArrayList<>();
        lines.add(Frame.shortened(chart.title(), width));
        lines.addAll(plot.rows(vertical, margin));
        lines.add(" ".repeat(margin) + "└" + "─".repeat(plot.columns));
        lines.add(plot.ticks(horizontal, margin));
        lines.add(Frame.shortened(" ".repeat(margin + 1) + chart.x() + "; up: " + chart.y(), width));
        for (int i = 0; i < chart.series().size(); i++) {
            String name = " ".repeat(margin) + Look.of(i).marker().character() + " "
                    + chart.series().get(i).name();
            lines.add(Frame.shortened(name, width));
        }
        return lines.stream().map(String::stripTrailing).toList();
    }

    private void line(LineChart.Series series, int i, Axis horizontal, Axis vertical) {
        List<LineChart.Point> corners = series.corners();
        for (int k = 0; k < corners.size(); k++) {
            LineChart.Point from = corners.get(Math.max(0, k - 1));
            stroke(
                    dotX(horizontal.at(from.x())),
                    dotY(vertical.at(from.y())),
                    dotX(horizontal.at(corners.get(k).x())),
                    dotY(vertical.at(corners.get(k).y())));
        }
        for (LineChart.Point point : Frame.marked(series)) {
            shapes[dotY(vertical.at(point.y())) / 4][dotX(horizontal.at(point.x())) / 2] =
                    Look.of(i).marker().character();
        }
    }

    private int dotX(double at) {
        return (int) Math.round(at * (columns * 2 - 1));
    }

    private int dotY(double at) {
        return (int) Math.round((1 - at) * (rows * 4 - 1));
    }

    private void stroke(int fromX, int fromY, int toX, int toY) {
        int steps = Math.max(1, Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY)));
        for (int i = 0; i <= steps; i++) {
            int x = fromX + Math.round((float) (toX - fromX) * i / steps);
            int y = fromY + Math.round((float) (toY - fromY) * i / steps);
            cells[y / 4][x / 2] |= DOTS[y % 4][x % 2];
        }
    }

    private List<String> rows(Axis vertical, int margin) {
        String[] labels = new String[rows];
        Arrays.fill(labels, "");
        vertical.ticks().forEach(tick -> labels[dotY(vertical.at(tick)) / 4] = vertical.label(tick));
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder(" ".repeat(margin - labels[row].length()))
                    .append(labels[row])
                    .append(labels[row].isEmpty() ? '│' : '┤');
            for (int column = 0; column < columns; column++) {
                char shape = shapes[row][column];
                int dots = cells[row][column];
                line.append(shape != 0 ? shape : dots == 0 ? ' ' : (char) (BLANK + dots));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** The numbers under the plot, those that have room. */
    private String ticks(Axis horizontal, int margin) {
        char[] line = new char[margin + 1 + columns];
        Arrays.fill(line, ' ');
        int free = 0;
        for (double tick : horizontal.ticks()) {
            String label = horizontal.label(tick);
            int at = Math.clamp(
                    margin + 1 + dotX(horizontal.at(tick)) / 2 - label.length() / 2L, 0, line.length - label.length());
            if (at >= free) {
                label.getChars(0, label.length(), line, at);
                free = at + label.length() + 1;
            }
        }
        return new String(line);
    }
}
