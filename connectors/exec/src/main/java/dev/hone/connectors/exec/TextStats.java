package dev.hone.connectors.exec;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Counts a text, so that its length and shape can be judged by a rule: {@code exec: {tool: text-stats}}. */
public final class TextStats implements Connector<TextStats.Input, TextStats.Output> {

    private static final Pattern WORD_STUFF = Pattern.compile("[\\p{L}\\p{N}]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    /** The end of a sentence, with quotes and brackets that close after it, before a blank; CJK ends need no blank. */
    private static final Pattern SENTENCE_END = Pattern.compile(
            "(?<![.!?\u2026])[.!?\u2026]++[\"'\u2019\u201d)\\]]*+(?=[\\s\\p{Z}]|$)|[\u3002\uff01\uff1f]+");

    public record Input(String text) {}

    /**
     * @param characters Unicode code points, blanks and line ends included
     * @param words runs between blanks that hold a letter or a digit
     * @param lines that are not blank
     * @param sentences pieces that end in . ! ? or … before a blank, or with the text, and hold a word; an abbreviation
     *     with a full stop counts as an end
     */
    public record Output(int characters, int words, int lines, int sentences) {}

    @Override
    public String name() {
        return "text-stats";
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
        String text = input.text();
        Texts.check(text);
        return new Output(
                text.codePointCount(0, text.length()),
                holdingWords(BLANKS.split(text)),
                Texts.lines(text).size(),
                holdingWords(SENTENCE_END.split(text)));
    }

    private static int holdingWords(String[] pieces) {
        return (int) Arrays.stream(pieces)
                .filter(piece -> WORD_STUFF.matcher(piece).find())
                .count();
    }
}
