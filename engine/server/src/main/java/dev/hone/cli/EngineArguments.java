package dev.hone.cli;

import dev.hone.dsl.RateLimits;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.TextFile;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where runs are kept, and the broker that drives them. */
final class EngineArguments {

    @Mixin
    final DataDirectory data = new DataDirectory();

    @Option(
            names = "--zeebe",
            paramLabel = "<address>",
            description =
                    "A Zeebe gateway that runs elsewhere, for example http://localhost:26500. Without it a broker is"
                            + " started in the data directory.")
    @Nullable
    private URI gateway;

    @Mixin
    final CompilerOptions compiler = new CompilerOptions();

    @Option(
            names = "--limits",
            paramLabel = "<file>",
            description = "How much may be asked of model providers, by all runs together, as YAML.")
    @Nullable
    private Path limits;

    Engine open() {
        Log.into(data.path());
        EngineOptions options = compiler.onto(EngineOptions.at(data.path()))
                .withLimits(limits == null ? RateLimits.NONE : limits(new TextFile(limits)));
        return Engine.open(gateway == null ? options : options.withGateway(gateway));
    }

    private static RateLimits limits(TextFile file) {
        return switch (RateLimits.read(file.path().toString(), file.read())) {
            case RateLimits.Listing.Read(RateLimits read) -> read;
            case RateLimits.Listing.Refused refused -> throw new EngineException(refused.problems());
        };
    }

    /** The directory alone, for commands that only read it. */
    static final class DataDirectory {

        @Option(
                names = "--data-dir",
                paramLabel = "<dir>",
                defaultValue = ".hone",
                description = "Where runs are kept. Default: ${DEFAULT-VALUE}")
        @SuppressWarnings("NullAway.Init")
        private Path path;

        Path path() {
            return path;
        }
    }
}
