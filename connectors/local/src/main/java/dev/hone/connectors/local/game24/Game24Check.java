package dev.hone.connectors.local.game24;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.util.ArrayList;
import java.util.List;

/** Plays an attempt at the Game of 24 with exact fractions and tells whether it wins. Done at once, whatever the timeout. */
public final class Game24Check implements Connector<Game24Check.Input, Game24Check.Output> {

    private static final int HIGHEST = 99;

    /**
     * What to play.
     *
     * @param numbers four, each from 1 to {@value #HIGHEST}
     * @param attempt steps such as {@code 8 / 4 = 2}, one a line or with {@code ;} between them
     */
    public record Input(List<Integer> numbers, String attempt) {}

    /** A step, and the numbers that were left after it. */
    public record Line(String step, List<String> left) {}

    /**
     * What came of it.
     *
     * @param pass whether each number was used once and 24 is left
     * @param fraction 1 for a pass; 1 / (1 + d) for an end at a distance d from 24; 0 for an attempt without an end
     * @param left the numbers that are left, such as {@code 8/3}
     * @param trace one line for each step that could be played
     * @param error why a step could not be played, or empty
     */
    public record Output(boolean pass, double fraction, List<String> left, List<Line> trace, String error) {}

    @Override
    public String name() {
        return "game24-check";
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
        Game game = Game.played(numbers(input.numbers()), input.attempt());
        List<Line> trace = new ArrayList<>();
        for (int i = 0; i < game.moves().size(); i++) {
            trace.add(new Line(game.moves().get(i).toString(), texts(game.left().get(i + 1))));
        }
        return new Output(
                game.won(),
                game.nearness(),
                texts(game.now()),
                List.copyOf(trace),
                game.error().orElse(""));
    }

    /** @throws ConnectorException of kind BAD_INPUT when they are not four numbers of a game */
    static List<Fraction> numbers(List<Integer> numbers) throws ConnectorException {
        boolean sound = numbers.size() == Game.NUMBERS
                && numbers.stream().allMatch(number -> number != null && number >= 1 && number <= HIGHEST);
        if (!sound) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "'numbers' must be " + Game.NUMBERS + " whole numbers from 1 to " + HIGHEST,
                    "give numbers such as [4, 6, 7, 9]");
        }
        return numbers.stream().map(Fraction::of).toList();
    }

    private static List<String> texts(List<Fraction> numbers) {
        return numbers.stream().map(Fraction::toString).toList();
    }
}
