package dev.hone.eval;

import dev.hone.engine.eval.chart.SvgChart;
import java.util.List;

/** An evaluation as one page, with everything that it shows in it. */
final class Html {

    private Html() {}

    static String page(Measured measured, Summary summary) {
        StringBuilder page = new StringBuilder();
        String title = escaped(measured.workflow() + ", evaluated");
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
                .append(title)
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(title)
                .append("</h1>\n");
        paragraph(page, Words.what(measured));
        page.append(Table.arms(measured, summary).html());
        list(page, Words.comparisons(measured, summary));
        if (!summary.comparisons().isEmpty()) {
            page.append("<h2>The workflow against the others</h2>\n")
                    .append(Table.comparisons(measured, summary).html());
        }
        Table revisions = Table.revisions(measured, summary);
        if (!revisions.rows().isEmpty()) {
            page.append("<h2>What revising did</h2>\n").append(revisions.html());
        }
        Curves.charts(measured, summary)
                .forEach(chart -> page.append("<h2>")
                        .append(escaped(chart.title()))
                        .append("</h2>\n")
                        .append(SvgChart.draw(chart)));
        page.append("<h2>What was run</h2>\n");
        paragraph(page, facts(measured));
        return page.append("</body>\n</html>\n").toString();
    }

    private static String facts(Measured measured) {
        Measured.Machine machine = measured.machine();
        return "Workflow " + measured.workflow() + ", program "
                + measured.program().substring(0, 12) + ", tasks "
                + measured.data().substring(0, 12) + ", first seed " + measured.firstSeed() + "; Hone "
                + measured.engine() + " on " + machine.os() + ", JDK " + machine.jdk() + ", "
                + Words.count(machine.cores(), "core") + ".";
    }

    private static void paragraph(StringBuilder page, String text) {
        page.append("<p>").append(escaped(text)).append("</p>\n");
    }

    private static void list(StringBuilder page, List<String> items) {
        page.append("<ul>\n");
        items.forEach(item -> page.append("<li>").append(escaped(item)).append("</li>\n"));
        page.append("</ul>\n");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; margin: 1rem 0; }
            th, td { padding: 0.3rem 0.8rem; text-align: right; border-bottom: 1px solid #8884; }
            th:first-child, td:first-child { text-align: left; }
            tr.own { font-weight: bold; }
            svg { max-width: 100%; height: auto; }
            """;
}
