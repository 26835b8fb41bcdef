package dev.hone.cli;

import dev.hone.engine.EngineOptions;
import dev.hone.engine.Workshop;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What bears on whether a workflow compiles, and on what its certificate says. */
final class CompilerOptions {

    @Option(
            names = "--trusted",
            description = "Takes rules in DRL files, which are code that can do anything. Read them first.")
    private boolean trusted;

    @Mixin
    private final PriceOption prices = new PriceOption();

    Workshop workshop() {
        return Workshop.discovered(trusted, prices.prices());
    }

    /** An engine that compiles as {@link #workshop} does. */
    EngineOptions onto(EngineOptions options) {
        EngineOptions priced = options.withPrices(prices.prices());
        return trusted ? priced.trusting() : priced;
    }
}
