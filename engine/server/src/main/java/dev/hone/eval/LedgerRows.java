package dev.hone.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.History;
import dev.hone.engine.RunResult;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.RunSetup;
import java.util.Map;
import java.util.TreeMap;

/** Rows held against the runs that they are about. */
final class LedgerRows {

    private LedgerRows() {}

    /**
     * What the run of a row began with, when the ledger says the same of it as the row.
     *
     * @param program the hash of what its arm ran
     */
    static RunSetup setup(Archive archive, String file, Row row, String program) {
        RunRecord record = archive.run(row.run())
                .orElseThrow(() -> Refusal.of(
                        "the run " + row.run() + " of " + file + " is not " + archive.place() + ".",
                        archive.elsewhere()));
        RunResult result = History.result(archive.events(row.run()))
                .orElseThrow(() ->
                        Refusal.of("the run " + row.run() + " has not ended.", "Let hone eval come to its end first."));
        boolean same = record.program().equals(program)
                && measured(result.measured()).equals(measured(row.measured()))
                && result.spent().calls() == row.calls()
                && result.spent().tokens() == row.tokens()
                && result.spent().microUsd() == row.microUsd();
        if (!same) {
            throw Refusal.of(
                    file + " says something else of the run " + row.run() + " than the ledger.",
                    "Give the file as hone eval wrote it.");
        }
        return RunSetup.parse(record.setup());
    }

    /** As text, in which 1 and 1.0 of the same file are as they were written; what is no number and not true or false is left out. */
    private static Map<String, String> measured(Map<String, JsonNode> all) {
        Map<String, String> texts = new TreeMap<>();
        all.forEach((name, value) -> {
            if (value.isBoolean() || value.isNumber()) {
                texts.put(
                        name,
                        value.isNumber()
                                ? value.decimalValue().stripTrailingZeros().toPlainString()
                                : value.toString());
            }
        });
        return texts;
    }
}
