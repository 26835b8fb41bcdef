package dev.hone.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to run the broker.
 *
 * @param cache where the packed broker is unpacked, once per version; 110 MB, and 50 MB per JDK for a quick start
 * @param heapMb most memory for the broker's Java heap, in megabytes; what it uses besides is 150 to 250 MB
 * @param startTimeout how long to wait until it is ready: after a kill in the midst of thousands of runs it has much to replay
 * @param onIncident called on one thread of ours, at least once for every incident
 * @param onPassage called on one thread of ours, at least once for every sequence flow taken; when absent nobody is told
 * @param onDeath called when the process ends without having been asked to, with a sentence saying where its log is
 */
public record BrokerOptions(
        Path cache,
        int heapMb,
        Duration startTimeout,
        Consumer<Incident> onIncident,
        Optional<Consumer<Passage>> onPassage,
        Consumer<String> onDeath) {

    public static BrokerOptions defaults() {
        return new BrokerOptions(
                userCache(), 256, Duration.ofMinutes(10), incident -> {}, Optional.empty(), death -> {});
    }

    public BrokerOptions withCache(Path directory) {
        return new BrokerOptions(directory, heapMb, startTimeout, onIncident, onPassage, onDeath);
    }

    public BrokerOptions withHeapMb(int megabytes) {
        return new BrokerOptions(cache, megabytes, startTimeout, onIncident, onPassage, onDeath);
    }

    public BrokerOptions withOnIncident(Consumer<Incident> listener) {
        return new BrokerOptions(cache, heapMb, startTimeout, listener, onPassage, onDeath);
    }

    public BrokerOptions withOnPassage(Consumer<Passage> listener) {
        return new BrokerOptions(cache, heapMb, startTimeout, onIncident, Optional.of(listener), onDeath);
    }

    public BrokerOptions withOnDeath(Consumer<String> listener) {
        return new BrokerOptions(cache, heapMb, startTimeout, onIncident, onPassage, listener);
    }

    /** {@code HONE_CACHE}, or the place that the operating system has for such things. */
    private static Path userCache() {
        String home = System.getProperty("user.home", ".");
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return env("HONE_CACHE")
                .map(Path::of)
                .or(() -> env("XDG_CACHE_HOME").map(d -> Path.of(d, "hone")))
                .or(() -> system.startsWith("windows")
                        ? env("LOCALAPPDATA").map(d -> Path.of(d, "hone", "cache"))
                        : Optional.empty())
                .orElseGet(() -> system.startsWith("mac")
                        ? Path.of(home, "Library", "Caches", "hone")
                        : Path.of(home, ".cache", "hone"));
    }

    private static Optional<String> env(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isBlank());
    }
}
