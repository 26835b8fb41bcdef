package dev.hone.connectors.env.player;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Advises one who haggles, after each game: it says again what it said before and adds one sentence, until it has said three.
 * It cares for the price: after a deal it asks for more firmness, and after a game without one it asks to give way only in one of four.
 * In one of ten it says something polite that changes nothing.
 */
final class Coach implements Player<Coach.Input> {

    private static final List<String> FIRM = List.of(
            "Hold your price in the first turns",
            "Make your steps smaller",
            "Be ambitious and do not go to your limit",
            "Be patient and let the other move first");
    private static final List<String> YIELD =
            List.of("Concede a little sooner", "Be more flexible near the end", "Offer a compromise");
    private static final List<String> POLITE = List.of("Thank the other for the time", "Keep a friendly tone");

    private static final int MOST_SENTENCES = 3;
    private static final double EMPTY = 0.1;
    private static final double CARES_FOR_A_DEAL = 0.25;

    /**
     * What it looks at.
     *
     * @param deal whether the game ended with one
     * @param earlier what it said after the game before
     */
    record Input(boolean deal, Optional<String> earlier) {}

    @Override
    public String name() {
        return "coach";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public String answer(Input input, SplittableRandom chance) {
        List<String> said =
                new ArrayList<>(Arrays.stream(input.earlier().orElse("").split("[.\\n]+"))
                        .map(String::strip)
                        .filter(Predicate.not(String::isEmpty))
                        .toList());
        List<String> stock = chance.nextDouble() < EMPTY
                ? POLITE
                : !input.deal() && chance.nextDouble() < CARES_FOR_A_DEAL ? YIELD : FIRM;
        List<String> fresh =
                stock.stream().filter(Predicate.not(said::contains)).toList();
        if (!fresh.isEmpty()) {
            said.add(fresh.get(chance.nextInt(fresh.size())));
        }
        return String.join(". ", said.subList(Math.max(0, said.size() - MOST_SENTENCES), said.size())) + ".";
    }
}
