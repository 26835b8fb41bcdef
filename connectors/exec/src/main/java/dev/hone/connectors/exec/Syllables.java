package dev.hone.connectors.exec;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the syllables of each line of an English text and tells whether it is a haiku: {@code exec: {tool: syllables}}.
 *
 * <p>The count is a heuristic ({@link EnglishSyllables}); it knows no names and no dialects.
 */
public final class Syllables implements Connector<Syllables.Input, Syllables.Output> {

    private static final List<Integer> HAIKU = List.of(5, 7, 5);

    public record Input(String text) {}

    /**
     * @param lines the syllables of each line that is not blank
     * @param haiku whether there are three lines of 5, 7 and 5
     * @param pass the same as {@code haiku}, under the name that rules read in a verdict
     * @param failed what keeps it from being a haiku, one sentence each, fit to be shown to whoever shall mend it
     */
    public record Output(List<Integer> lines, boolean haiku, boolean pass, List<String> failed) {}

    @Override
    public String name() {
        return "syllables";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT when the text is longer than a million characters */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        Texts.check(input.text());
        List<Integer> lines =
                Texts.lines(input.text()).stream().map(EnglishSyllables::ofLine).toList();
        boolean haiku = lines.equals(HAIKU);
        return new Output(lines, haiku, haiku, failed(lines));
    }

    private static List<String> failed(List<Integer> lines) {
        List<String> failed = new ArrayList<>();
        if (lines.size() != HAIKU.size()) {
            failed.add("there are " + lines.size() + " lines, not 3");
        }
        for (int i = 0; i < Math.min(lines.size(), HAIKU.size()); i++) {
            if (!lines.get(i).equals(HAIKU.get(i))) {
                failed.add("line " + (i + 1) + " has " + lines.get(i) + " syllables, not " + HAIKU.get(i));
            }
        }
        return List.copyOf(failed);
    }
}
