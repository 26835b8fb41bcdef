package dev.hone.cli;

import dev.hone.engine.ledger.Ledger;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The workflow that a command is about. */
final class WorkflowArgument {

    @Parameters(paramLabel = "<workflow>", description = "A file, or a name of the catalogue.")
    @SuppressWarnings("NullAway.Init")
    private String word;

    Choice choice() {
        return Choice.of(word);
    }

    /** The same, or the text that was promoted to its place for a tenant in a data directory. */
    Choice choice(Path dataDir, String tenant, PrintWriter screen) {
        Choice choice = choice();
        if (!choice.catalogued() || !Ledger.isIn(dataDir)) {
            return choice;
        }
        try (Ledger ledger = RunsCommand.open(dataDir)) {
            Choice promoted = choice.promoted(ledger, tenant);
            if (!promoted.source().equals(choice.source())) {
                screen.println(word + " is the text that was promoted to its place; hone promote --list " + word
                        + " says why.");
            }
            return promoted;
        }
    }
}
