package dev.hone.cli;

import picocli.CommandLine.Parameters;

/** The workflow that a command is about. */
final class WorkflowArgument {

    @Parameters(paramLabel = "<workflow>", description = "A file, or a name of the catalogue.")
    @SuppressWarnings("NullAway.Init")
    private String word;

    Choice choice() {
        return Choice.of(word);
    }
}
