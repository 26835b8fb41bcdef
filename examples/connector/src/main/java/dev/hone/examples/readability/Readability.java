package dev.hone.examples.readability;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How easily an English text is read: {@code exec: {tool: readability}}. The score is Flesch's reading ease (Flesch 1948): 206.835
 * - 1.015 words a sentence - 84.6 syllables a word; 60 and more is plain English. Syllables are counted as groups of vowels,
 * without a silent e at the end.
 */
public final class Readability implements Connector<Readability.Input, Readability.Output> {

    private static final Pattern WORD = Pattern.compile("[a-z']*[a-z][a-z']*");
    private static final Pattern SENTENCE = Pattern.compile("[^.!?]*[a-z][^.!?]*");
    private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");
    private static final Pattern SILENT = Pattern.compile("(?<=[aeiouy][a-z]{0,9}[^aeiouyl])e\\b");

    /** @param text in English */
    public record Input(String text) {}

    /** @param score more is easier */
    public record Output(double score, long words, long sentences, long syllables) {}

    @Override
    public String name() {
        return "readability";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT for a text without words */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        String text = input.text().toLowerCase(Locale.ROOT);
        long words = WORD.matcher(text).results().count();
        if (words == 0) {
            throw new ConnectorException(Kind.BAD_INPUT, "the text has no words", "give it a text in English");
        }
        long sentences = SENTENCE.matcher(text).results().count();
        long syllables = Math.max(
                words,
                VOWELS.matcher(SILENT.matcher(text).replaceAll("")).results().count());
        double score = 206.835 - 1.015 * words / sentences - 84.6 * syllables / words;
        return new Output(score, words, sentences, syllables);
    }
}
