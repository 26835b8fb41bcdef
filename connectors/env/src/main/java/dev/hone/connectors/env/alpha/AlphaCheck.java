package dev.hone.connectors.env.alpha;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/** Says what is wrong with a list of words that was to be put into alphabetical order (the task of Akyürek et al. 2023). */
public final class AlphaCheck implements Connector<AlphaCheck.Input, AlphaCheck.Output> {

    private static final int MOST_WORDS = 200;
    private static final int LONGEST = 20_000;

    /**
     * What to look at.
     *
     * @param words that are to be put in order, each once
     * @param draft the ordered words, between blanks or commas
     */
    public record Input(List<String> words, String draft) {}

    /**
     * The verdict.
     *
     * @param pass whether the draft is the words in order
     * @param fraction 1 less the distance of Levenshtein, in words, from what is right, as a part of the longer one
     * @param remarks a sentence for each mistake: words that do not belong, then repeated, missing, and misplaced ones
     */
    public record Output(boolean pass, double fraction, List<String> remarks) {}

    @Override
    public String name() {
        return "alpha-check";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        if (input.words().isEmpty() || input.words().size() > MOST_WORDS) {
            throw bad("there are " + input.words().size() + " words", "give 1 to " + MOST_WORDS);
        }
        if (new LinkedHashSet<>(input.words()).size() < input.words().size()) {
            throw bad("a word occurs twice among the words", "give each once");
        }
        if (input.draft().length() > LONGEST) {
            throw bad("the draft has " + input.draft().length() + " characters", "give at most " + LONGEST);
        }
        List<String> right = input.words().stream().sorted().toList();
        List<String> draft = words(input.draft());
        int distance = distance(draft, right);
        return new Output(
                distance == 0,
                1 - (double) distance / Math.max(draft.size(), right.size()),
                remarks(input.words(), draft));
    }

    /** The words of a text, between blanks or commas. */
    public static List<String> words(String text) {
        String[] words = text.strip().split("[\\s,]+", -1);
        return Arrays.stream(words).filter(word -> !word.isEmpty()).toList();
    }

    /**
     * A sentence for each mistake.
     *
     * @param words that are to be put in order, each once
     */
    public static List<String> remarks(List<String> words, List<String> draft) {
        List<String> remarks = new ArrayList<>();
        LinkedHashSet<String> once = new LinkedHashSet<>(draft);
        once.stream()
                .filter(word -> !words.contains(word))
                .forEach(word -> remarks.add("The word " + word + " is not in the list."));
        once.stream()
                .filter(word -> words.contains(word) && Collections.frequency(draft, word) > 1)
                .forEach(word -> remarks.add("The word " + word + " is repeated."));
        words.stream()
                .filter(word -> !once.contains(word))
                .forEach(word -> remarks.add("The word " + word + " is missing."));
        List<String> known = once.stream().filter(words::contains).toList();
        List<String> kept = inOrder(known);
        known.stream()
                .filter(word -> !kept.contains(word))
                .forEach(word -> remarks.add("The word " + word + " is in the wrong place."));
        return List.copyOf(remarks);
    }

    /** As many of the words as stand in order, one of the longest such selections; all different. */
    private static List<String> inOrder(List<String> words) {
        int[] length = new int[words.size()];
        int[] before = new int[words.size()];
        int last = -1;
        for (int i = 0; i < words.size(); i++) {
            length[i] = 1;
            before[i] = -1;
            for (int j = 0; j < i; j++) {
                if (words.get(j).compareTo(words.get(i)) < 0 && length[j] + 1 > length[i]) {
                    length[i] = length[j] + 1;
                    before[i] = j;
                }
            }
            last = last < 0 || length[i] > length[last] ? i : last;
        }
        List<String> kept = new ArrayList<>();
        for (int i = last; i >= 0; i = before[i]) {
            kept.add(words.get(i));
        }
        return kept;
    }

    /** Insertions, deletions and replacements of words that turn one into the other. */
    private static int distance(List<String> a, List<String> b) {
        int[][] cost = new int[a.size() + 1][b.size() + 1];
        for (int i = 0; i <= a.size(); i++) {
            for (int j = 0; j <= b.size(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                } else {
                    int replace = cost[i - 1][j - 1] + (a.get(i - 1).equals(b.get(j - 1)) ? 0 : 1);
                    cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                }
            }
        }
        return cost[a.size()][b.size()];
    }

    private static ConnectorException bad(String what, String fix) {
        return new ConnectorException(Kind.BAD_INPUT, what, fix);
    }
}
