package dev.hone.cli;

import picocli.CommandLine.Option;

/** What to do when the same was asked before and has not come to its end. */
final class BeforeOptions {

    @Option(
            names = "--resume",
            description = "Goes on with the same run even if it was cancelled or ended with a problem.")
    private boolean resume;

    @Option(names = "--new", description = "Starts anew even if the same run was killed and could go on.")
    private boolean anew;

    Earlier.Wish wish() {
        return anew ? Earlier.Wish.ANEW : resume ? Earlier.Wish.RESUME : Earlier.Wish.GO_ON;
    }
}
