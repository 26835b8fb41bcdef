package dev.hone.connectors.env.player;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.env.alpha.AlphaCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes a list of words as a remark says: it takes out what does not belong or is repeated, puts in what is missing, and finds another place for
 * what is misplaced, taking one word for the earlier one in one comparison of twenty that is not. A remark that it cannot read, or that names
 * no word of the list, makes it move a word of its own choice.
 */
final class Mender implements Player<Mender.Input> {

    private static final double MISTAKES = 0.05;
    private static final int LONGEST = 20_000;

    private static final Pattern REMARK =
            Pattern.compile("word (\\S+) is (missing|repeated|not in the list|in the wrong place)");

    /**
     * What it reads.
     *
     * @param words to be put in order
     * @param draft the ordered words, between blanks or commas
     * @param remark what somebody said about the draft
     */
    record Input(List<String> words, String draft, Optional<String> remark) {}

    @Override
    public String name() {
        return "mender";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public String answer(Input input, SplittableRandom chance) throws ConnectorException {
        Sorter.checkSize(input.words());
        if (input.draft().length() > LONGEST) {
            throw Player.bad("the draft has " + input.draft().length() + " characters", "give at most " + LONGEST);
        }
        List<String> list = new ArrayList<>(AlphaCheck.words(input.draft()));
        NoisyOrder order = new NoisyOrder(MISTAKES, chance);
        Matcher remark = REMARK.matcher(input.remark().orElse(""));
        boolean read = remark.find();
        String word = read ? remark.group(1) : "";
        if (read && remark.group(2).equals("missing") && input.words().contains(word)) {
            order.insert(word, list);
        } else if (read && list.contains(word)) {
            list.remove(word);
            if (remark.group(2).equals("in the wrong place")) {
                order.insert(word, list);
            }
        } else if (!list.isEmpty()) {
            order.insert(list.remove(chance.nextInt(list.size())), list);
        }
        return String.join(" ", list);
    }
}
