package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.engine.compile.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What models write, while they write it. */
@Tag("slow")
class LiveTextTest {

    @TempDir
    Path home;

    private final OpenAiServer server = OpenAiServer.serving("echo", new EchoModel());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_listener_hears_each_try_in_parts_and_changes_nothing_of_what_is_kept() throws Exception {
        try (Engine engine = Engine.open(EngineOptions.at(home))) {
            Program program = engine.deploy(source());
            RunResult unheard = engine.await(engine.start(program, RunRequest.withoutInputs()));
            assertThat(server.last().orElseThrow().body()).doesNotContain("\"stream\":true");

            List<LiveText> parts = new CopyOnWriteArrayList<>();
            Runnable failing = engine.listen(part -> {
                throw new IllegalStateException("a listener's own trouble");
            });
            Runnable unlisten = engine.listen(parts::add);
            server.next(new Misbehaviour.Body("""
                    data: {"choices": [{"delta": {"content": "Write nev"}}]}

                    """));
            RunResult heard = engine.await(engine.start(program, RunRequest.withoutInputs()));
            assertThat(server.last().orElseThrow().body()).contains("\"stream\":true");
            assertThat(heard.best().orElseThrow().value())
                    .isEqualTo(unheard.best().orElseThrow().value());
            Map<Integer, String> texts = parts.stream()
                    .collect(Collectors.groupingBy(
                            LiveText::attempt, Collectors.mapping(LiveText::text, Collectors.joining())));
            assertThat(texts.values()).containsExactlyInAnyOrder("Write nev", "Write about the sea.");
            assertThat(parts)
                    .allMatch(
                            part -> part.element().equals("poem") && part.run().equals(heard.run()));
            assertThat(parts).filteredOn(LiveText::last).singleElement().isEqualTo(parts.getLast());

            unlisten.run();
            failing.run();
            int before = parts.size();
            engine.await(engine.start(program, RunRequest.withoutInputs()));
            assertThat(parts).hasSize(before);
            assertThat(server.last().orElseThrow().body()).doesNotContain("\"stream\":true");
        }
    }

    private Source source() {
        return new Source("live.yaml", """
                hone: 1
                name: live
                slots: {poet: {kind: model, init: compatible/echo, baseUrl: "%s"}}
                pools: {poems: {}}
                budget: {calls: 3}
                flow:
                  - call: {role: poet, prompt: "Write about the sea.", out: poem, into: poems}
                """.formatted(server.baseUrl()));
    }
}
