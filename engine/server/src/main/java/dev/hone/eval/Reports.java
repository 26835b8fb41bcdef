package dev.hone.eval;

import dev.hone.engine.TextFile;
import dev.hone.engine.eval.chart.LineChart;
import dev.hone.engine.eval.chart.TerminalChart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an evaluation leaves: on the screen, and in files. */
public final class Reports {

    private static final String BEGIN = "<!-- measured -->";
    private static final String END = "<!-- end of measured -->";
    private static final int WIDTH = 72;
    private static final int HEIGHT = 14;

    private final Measured measured;
    private final Summary summary;

    public Reports(Measured measured) {
        this.measured = measured;
        this.summary = Summary.of(measured);
    }

    /** Whether a run ended with a problem. */
    public boolean failed() {
        return summary.arms().stream().anyMatch(arm -> arm.problems() > 0);
    }

    /** Lines for a terminal: the tables, what may be said, and the curve against tokens. */
    public List<String> text() {
        List<String> lines = new ArrayList<>();
        lines.add(measured.workflow() + ", " + Words.what(measured));
        lines.add("");
        lines.addAll(Table.arms(measured, summary).text());
        lines.add("");
        lines.addAll(Words.comparisons(measured, summary));
        Table revisions = Table.revisions(measured, summary);
        if (!revisions.rows().isEmpty()) {
            lines.add("");
            lines.addAll(revisions.text());
        }
        List<LineChart> charts = Curves.charts(measured, summary);
        if (!charts.isEmpty()) {
            lines.add("");
            lines.addAll(TerminalChart.draw(charts.getFirst(), WIDTH, HEIGHT));
        }
        return lines;
    }

    /** For a README: the table, and what may be said. */
    public String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(Words.what(measured));
        lines.add("");
        lines.addAll(Table.arms(measured, summary).markdown());
        lines.add("");
        Words.comparisons(measured, summary).forEach(sentence -> lines.add("- " + sentence));
        Table revisions = Table.revisions(measured, summary);
        if (!revisions.rows().isEmpty()) {
            lines.add("");
            lines.addAll(revisions.markdown());
        }
        return String.join("\n", lines) + "\n";
    }

    /** All that it is computed from, and what it comes to. */
    public String json() {
        return measured.json();
    }

    public String html() {
        return Html.page(measured, summary);
    }

    /** Writes {@code measured.json}, {@code measured.md} and {@code report.html}. */
    public void write(Path folder) {
        keep(folder);
        new TextFile(folder.resolve("report.html")).replace(html());
    }

    /** Writes {@code measured.json} and {@code measured.md}, and the latter into the README beside them where it has a place for it. */
    public void keep(Path folder) {
        new TextFile(folder.resolve("measured.json")).replace(measured.json());
        new TextFile(folder.resolve("measured.md")).replace(markdown());
        Path readme = folder.resolve("README.md");
        if (Files.isRegularFile(readme)) {
            TextFile file = new TextFile(readme);
            String text = file.read();
            String other = inserted(text, markdown());
            if (!other.equals(text)) {
                file.replace(other);
            }
        }
    }

    /** A README with what was measured between its marks; as it was when it has no marks. */
    static String inserted(String readme, String markdown) {
        int from = readme.indexOf(BEGIN);
        int to = readme.indexOf(END);
        return from < 0 || to < from
                ? readme
                : readme.substring(0, from + BEGIN.length()) + "\n" + markdown + readme.substring(to);
    }
}
