package dev.hone.connectors.exec;

import dev.hone.connectors.api.Connector;
import dev.hone.connectors.exec.TextStats.Input;
import dev.hone.connectors.exec.TextStats.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Set;

class TextStatsTest extends ConnectorContract<Input, Output> {

    @Override
    protected Connector<Input, Output> connector() {
        return new TextStats();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        return List.of(
                example("Hello, world! It costs 3.14 euros.", 34, 6, 1, 2),
                example("", 0, 0, 0, 0),
                example(" \n\t\n", 4, 0, 0, 0),
                example("no full stop", 12, 3, 1, 1),
                example("one\n\ntwo - three\r\n", 18, 3, 2, 1),
                example("\u201cReally?!\u201d he said\u2026 (Yes.) Well...", 34, 5, 1, 4),
                example("😀 ok", 4, 1, 1, 1),
                example("こんにちは。元気？", 9, 1, 1, 2));
    }

    private static Example<Input, Output> example(String text, int characters, int words, int lines, int sentences) {
        return new Example<>(new Input(text), new Output(characters, words, lines, sentences));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of("too long", new Input("a".repeat(Texts.MAX_LENGTH + 1)));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }
}
