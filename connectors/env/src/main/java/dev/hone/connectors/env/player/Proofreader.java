package dev.hone.connectors.env.player;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.env.alpha.AlphaCheck;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Says in a sentence what is wrong with words that were to be put into alphabetical order, one mistake at a time. In one sentence of five it
 * takes any word for one in the wrong place.
 */
final class Proofreader implements Player<Proofreader.Input> {

    private static final double MISTAKES = 0.2;

    /**
     * What it reads.
     *
     * @param words to be put in order
     * @param draft the ordered words, between blanks or commas
     */
    record Input(List<String> words, String draft) {}

    @Override
    public String name() {
        return "proofreader";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public String answer(Input input, SplittableRandom chance) throws ConnectorException {
        Sorter.checkSize(input.words());
        List<String> draft = AlphaCheck.words(input.draft());
        List<String> remarks = AlphaCheck.remarks(input.words(), draft);
        boolean mistaken = chance.nextDouble() < MISTAKES;
        if (mistaken && !draft.isEmpty()) {
            return "The word " + draft.get(chance.nextInt(draft.size())) + " is in the wrong place.";
        }
        return remarks.isEmpty() ? "no issue" : remarks.get(chance.nextInt(remarks.size()));
    }
}
