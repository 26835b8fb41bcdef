package dev.hone.connectors.env.player;

import dev.hone.connectors.api.ConnectorException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Puts words into alphabetical order, by insertion, and takes one word for the earlier one in one comparison of twenty that is not. In one list of
 * five it forgets a word, in one of ten it says a word twice.
 */
final class Sorter implements Player<Sorter.Input> {

    private static final double MISTAKES = 0.05;
    private static final double FORGETS = 0.2;
    private static final double REPEATS = 0.1;
    static final int MOST_WORDS = 200;

    /** @param words to be put in order */
    record Input(List<String> words) {}

    @Override
    public String name() {
        return "sorter";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public String answer(Input input, SplittableRandom chance) throws ConnectorException {
        checkSize(input.words());
        List<String> sorted = new NoisyOrder(MISTAKES, chance).sorted(input.words());
        if (chance.nextDouble() < FORGETS && sorted.size() > 1) {
            sorted.remove(chance.nextInt(sorted.size()));
        }
        if (chance.nextDouble() < REPEATS) {
            int at = chance.nextInt(sorted.size());
            sorted.add(at, sorted.get(at));
        }
        return String.join(" ", sorted);
    }

    static void checkSize(List<String> words) throws ConnectorException {
        if (words.isEmpty() || words.size() > MOST_WORDS) {
            throw Player.bad("there are " + words.size() + " words", "give 1 to " + MOST_WORDS);
        }
    }
}
