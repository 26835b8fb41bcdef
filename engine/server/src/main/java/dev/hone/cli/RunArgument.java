package dev.hone.cli;

import picocli.CommandLine.Parameters;

/** The run that a command is about. */
final class RunArgument {

    @Parameters(paramLabel = "<run>", description = "As hone runs lists it.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    String id() {
        return id;
    }
}
