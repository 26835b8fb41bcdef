package dev.hone.dsl.grammar;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Where;
import dev.hone.dsl.yaml.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A decision table as CSV (RFC 4180): the first row has the inputs and, over the effects, the word {@code then}; each further
 * row has a test for each input and the effects. Rows of nothing but blanks are left out.
 */
final class CsvTable {

    /** Over the column of the effects; no input, as it is a word of FEEL. */
    private static final String THEN = "then";

    private static final CsvFactory CSV = new CsvFactory();

    private final String file;
    private final String text;
    private final Problems problems;

    private CsvTable(String file, String text, Problems problems) {
        this.file = file;
        this.text = text;
        this.problems = problems;
    }

    /** @return the table as it would stand in a workflow */
    static Optional<Yaml.Fields> read(String file, String text, Problems problems) {
        return new CsvTable(file, text, problems).read();
    }

    private Optional<Yaml.Fields> read() {
        List<List<Yaml.Scalar>> records = new ArrayList<>();
        try (CsvParser parser = CSV.createParser(text)) {
            if (!records(parser, records)) {
                return Optional.empty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text cannot fail to be read", e);
        }
        if (records.isEmpty()) {
            bad(
                    new Where(file, 1, 1),
                    "The file is empty.",
                    "Begin with a row of the inputs and 'then', such as: score,round,then");
            return Optional.empty();
        }
        return table(records.getFirst(), records.subList(1, records.size()));
    }

    private boolean records(CsvParser parser, List<List<Yaml.Scalar>> records) throws IOException {
        try {
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                List<Yaml.Scalar> cells = cells(parser);
                if (cells.stream().anyMatch(cell -> !cell.text().isBlank())) {
                    records.add(cells);
                }
            }
            return true;
        } catch (JacksonException e) {
            bad(
                    at(parser.currentTokenLocation(), 0),
                    "This is not CSV: " + e.getOriginalMessage() + ".",
                    "Close what a double quote opens, and write a double quote inside of one twice.");
            return false;
        }
    }

    private List<Yaml.Scalar> cells(CsvParser parser) throws IOException {
        List<Yaml.Scalar> cells = new ArrayList<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
            JsonLocation start = parser.currentTokenLocation();
            int offset = (int) start.getCharOffset();
            boolean quoted = offset < text.length() && text.charAt(offset) == '"';
            String cell = parser.getText();
            cells.add(TableFile.cell(
                    cell, at(start, quoted ? 1 : 0), text.startsWith(cell, quoted ? offset + 1 : offset)));
        }
        return cells;
    }

    private Optional<Yaml.Fields> table(List<Yaml.Scalar> header, List<List<Yaml.Scalar>> records) {
        List<Yaml.Scalar> effects =
                header.stream().filter(cell -> cell.text().strip().equals(THEN)).toList();
        if (effects.size() != 1) {
            bad(
                    effects.isEmpty()
                            ? header.getFirst().where()
                            : effects.get(1).where(),
                    effects.isEmpty() ? "No column is named 'then'." : "Two columns are named 'then'.",
                    "Name the column that has the effects, and no other, 'then'; cells are separated by commas.");
            return Optional.empty();
        }
        int then = header.indexOf(effects.getFirst());
        List<Yaml> rows = new ArrayList<>();
        for (List<Yaml.Scalar> cells : records) {
            Where where = start(cells.getFirst());
            if (cells.size() == header.size()) {
                TableFile.row(where, without(then, cells), cells.get(then), problems)
                        .ifPresent(rows::add);
            } else {
                bad(
                        where,
                        "The row has " + cells.size() + " cells for " + header.size() + " columns.",
                        "Give each column a cell; '-' holds of everything, and a cell with a comma goes between double"
                                + " quotes.");
            }
        }
        return Optional.of(TableFile.table(start(header.getFirst()), Optional.empty(), without(then, header), rows));
    }

    private static List<Yaml> without(int then, List<Yaml.Scalar> cells) {
        List<Yaml> others = new ArrayList<>(cells);
        others.remove(then);
        return others;
    }

    /** Of the line that a row's first cell is in. */
    private static Where start(Yaml.Scalar first) {
        return new Where(first.where().file(), first.where().line(), 1);
    }

    private Where at(JsonLocation location, int after) {
        return new Where(file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()) + after);
    }

    private void bad(Where where, String what, String fix) {
        problems.add(where, ProblemCode.BAD_TABLE, what, fix);
    }
}
