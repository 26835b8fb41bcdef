package dev.hone.cli;

import picocli.CommandLine.Option;

/** Whether a program reads what is printed. */
final class JsonOption {

    @Option(names = "--json", description = "Prints JSON instead, for programs.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }
}
