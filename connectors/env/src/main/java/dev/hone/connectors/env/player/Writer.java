package dev.hone.connectors.env.player;

import dev.hone.connectors.api.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Writes about a harbour: a chain of words in which each depends on the two before it (Shannon 1948), counted in seventy sentences that
 * were written for it. It writes whole sentences until it has as many words as it has a mind to.
 *
 * <p>That is what its voice usually writes, 35 words when plain, 15 when terse and 60 when talkative, times 1.25 for each grade of more
 * that the instruction asks for, and divided by it for less. Grades are read off the words {@code a little} (1), none (2), {@code much}
 * (3), {@code very much} (4) and {@code as ... as you can} (5) beside {@code more}, {@code longer}, {@code less} or {@code shorter};
 * beyond the fourth it gives no more. Its mind differs from call to call by a factor whose logarithm has a deviation of 0.12.
 */
final class Writer implements Player<Writer.Input> {

    private static final double GRADE = 1.25;
    private static final double MOST_GRADES = 4;
    private static final double MOOD = 0.12;
    private static final int MOST_WORDS = 400;
    private static final int LONGEST = 2_000;
    private static final int LONGEST_SENTENCE = 100;

    private static final Pattern MORE = Pattern.compile("\\b(more|longer|much as you can|long as you can)\\b");
    private static final Pattern LESS = Pattern.compile("\\b(less|shorter|little as you can|short as you can)\\b");

    private static final Chain CHAIN = Chain.counted(sentences());

    /**
     * What it is asked.
     *
     * @param instruction how much to write, compared with what is usual
     * @param voice {@code plain}, {@code terse} or {@code talkative}; plain when absent
     */
    record Input(String instruction, Optional<String> voice) {}

    @Override
    public String name() {
        return "writer";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public String answer(Input input, SplittableRandom chance) throws ConnectorException {
        if (input.instruction().length() > LONGEST) {
            throw Player.bad(
                    "the instruction has " + input.instruction().length() + " characters",
                    "say it in at most " + LONGEST);
        }
        double felt = Math.clamp(grade(input.instruction().toLowerCase(Locale.ROOT)), -MOST_GRADES, MOST_GRADES);
        double words = usual(input.voice().orElse("plain"))
                * StrictMath.pow(GRADE, felt)
                * StrictMath.exp(MOOD * normal(chance));
        return text(Math.min(words, MOST_WORDS), chance);
    }

    private static double usual(String voice) throws ConnectorException {
        return switch (voice) {
            case "plain" -> 35;
            case "terse" -> 15;
            case "talkative" -> 60;
            default -> throw Player.bad("there is no voice '" + voice + "'", "use plain, terse or talkative");
        };
    }

    /** From -5 to 5; 0 for an instruction that asks for neither more nor less. */
    private static int grade(String instruction) {
        boolean more = MORE.matcher(instruction).find();
        boolean less = LESS.matcher(instruction).find();
        if (more == less) {
            return 0;
        }
        int degree = instruction.contains("as you can")
                ? 5
                : instruction.contains("very much")
                        ? 4
                        : instruction.contains("much") ? 3 : instruction.contains("a little") ? 1 : 2;
        return more ? degree : -degree;
    }

    /** The sum of twelve numbers of chance, less their mean: nearly normal, and the same on every machine. */
    private static double normal(SplittableRandom chance) {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += chance.nextDouble();
        }
        return sum;
    }

    /** Sentences, as long as the next one brings the number of words nearer to what is wanted; at least one. */
    private static String text(double wanted, SplittableRandom chance) {
        List<String> text = new ArrayList<>(CHAIN.sentence(chance));
        while (text.size() < wanted) {
            List<String> next = CHAIN.sentence(chance);
            if (text.size() + next.size() - wanted > wanted - text.size()) {
                break;
            }
            text.addAll(next);
        }
        return String.join(" ", text);
    }

    private static List<String> sentences() {
        try (InputStream in = Objects.requireNonNull(Writer.class.getResourceAsStream("harbour.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words that follow two others, as often as they did; a word with a full stop ends a sentence. */
    private record Chain(Map<Pair, List<String>> following) {

        private record Pair(String before, String last) {}

        static Chain counted(List<String> sentences) {
            Map<Pair, List<String>> following = new HashMap<>();
            for (String sentence : sentences) {
                Pair pair = new Pair("", "");
                for (String word : Arrays.asList(sentence.split(" ", -1))) {
                    following.computeIfAbsent(pair, key -> new ArrayList<>()).add(word);
                    pair = new Pair(pair.last(), word);
                }
            }
            return new Chain(Map.copyOf(following));
        }

        List<String> sentence(SplittableRandom chance) {
            List<String> words = new ArrayList<>();
            Pair pair = new Pair("", "");
            while (!pair.last().endsWith(".") && words.size() < LONGEST_SENTENCE) {
                List<String> next = Objects.requireNonNull(following.get(pair));
                String word = next.get(chance.nextInt(next.size()));
                words.add(word);
                pair = new Pair(pair.last(), word);
            }
            return words;
        }
    }
}
