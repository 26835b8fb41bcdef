package dev.hone.cli;

import dev.hone.engine.Workshop;
import picocli.CommandLine.Option;

/** {@code --trusted}, for commands that compile a workflow. */
final class TrustOption {

    @Option(
            names = "--trusted",
            description = "Takes rules in DRL files, which are code that can do anything. Read them first.")
    private boolean trusted;

    boolean given() {
        return trusted;
    }

    Workshop workshop() {
        return Workshop.discovered(trusted);
    }
}
