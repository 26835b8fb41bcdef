package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one engine on one embedded broker, opened by the first of this JVM that asks and closed after the last.
 */
public final class SharedEngine implements ParameterResolver {

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SharedEngine.class);

    private record Opened(Engine engine, Path directory) implements AutoCloseable {

        static Opened now() {
            try {
                Path directory = Files.createTempDirectory("hone-test");
                return new Opened(Engine.open(EngineOptions.at(directory)), directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            engine.close();
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Engine.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, HERE)
                .computeIfAbsent("engine", key -> Opened.now(), Opened.class)
                .engine();
    }

    /** A workflow of the test resources. */
    static Source source(String name) {
        try (InputStream text = SharedEngine.class.getResourceAsStream("/workflows/" + name + ".yaml")) {
            return new Source(name + ".yaml", new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with one text, which must occur, in the place of another. */
    static Source with(Source source, String old, String replacement) {
        if (!source.text().contains(old)) {
            throw new IllegalArgumentException("no '" + old + "' in " + source.file());
        }
        return new Source(source.file(), source.text().replace(old, replacement), source.companions());
    }

    static RunRequest target(int number) {
        return RunRequest.of(Json.object().put("target", number));
    }

    /** The bodies of the events of a kind, of one element, in order. */
    static List<JsonNode> bodies(List<RunEvent> events, EventKind kind, String element) {
        return events.stream()
                .filter(event -> event.kind() == kind && event.element().equals(element))
                .map(event -> Json.read(event.body()))
                .toList();
    }

    /** Where the events of a kind happened, each as {@code element iteration}, sorted. */
    static List<String> places(List<RunEvent> events, EventKind kind) {
        return events.stream()
                .filter(event -> event.kind() == kind)
                .map(event -> (event.element() + " " + event.iteration()).strip())
                .sorted()
                .toList();
    }
}
