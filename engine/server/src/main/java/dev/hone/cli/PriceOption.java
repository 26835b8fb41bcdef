package dev.hone.cli;

import dev.hone.dsl.Prices;
import dev.hone.engine.PriceLists;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What models cost. */
final class PriceOption {

    @Option(
            names = "--prices",
            paramLabel = "<file>",
            description = "What models cost, as a YAML list that goes before the one that comes with Hone.")
    @Nullable
    private Path file;

    Prices prices() {
        return file == null ? PriceLists.shipped() : PriceLists.withOwn(file);
    }
}
