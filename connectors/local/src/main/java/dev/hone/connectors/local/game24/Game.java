package dev.hone.connectors.local.game24;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A game as far as it was played: each step takes two of the numbers that are left and puts what they give in their place.
 *
 * @param left after each step, first before any
 * @param error why the steps that follow could not be played; empty when there are none
 */
record Game(List<Move> moves, List<List<Fraction>> left, Optional<String> error) {

    static final int NUMBERS = 4;
    static final Fraction GOAL = Fraction.of(24);

    private static final int LONGEST_TEXT = 2000;

    Game {
        moves = List.copyOf(moves);
        left = List.copyOf(left);
    }

    static Game begun(List<Fraction> numbers) {
        return new Game(List.of(), List.of(List.copyOf(numbers)), Optional.empty());
    }

    /** Plays the steps of a text, one a line or with {@code ;} between them, up to the first that cannot be played. */
    static Game played(List<Fraction> numbers, String text) {
        Game game = begun(numbers);
        if (text.length() > LONGEST_TEXT) {
            return game.failed("an attempt has at most " + LONGEST_TEXT + " characters, not " + text.length());
        }
        for (String step : text.strip().split("\\s*[;\\n]\\s*", -1)) {
            if (!step.isBlank()) {
                try {
                    game = game.then(Move.parse(step.strip()));
                } catch (IllegalArgumentException | ArithmeticException e) {
                    return game.failed(String.valueOf(e.getMessage()));
                }
            }
        }
        return game;
    }

    /** @throws IllegalArgumentException when one of the two numbers is not left */
    Game then(Move move) {
        List<Fraction> now = new ArrayList<>(now());
        if (!now.remove(move.a()) || !now.remove(move.b())) {
            throw new IllegalArgumentException("'" + move + "' needs a number that is not left; there are "
                    + now().stream().map(Fraction::toString).collect(Collectors.joining(", ")));
        }
        now.add(move.value());
        List<Move> more = new ArrayList<>(moves);
        more.add(move);
        List<List<Fraction>> then = new ArrayList<>(left);
        then.add(List.copyOf(now));
        return new Game(more, then, Optional.empty());
    }

    private Game failed(String why) {
        return new Game(moves, left, Optional.of(why));
    }

    /** The game after its first {@code steps} steps. */
    Game upTo(int steps) {
        return new Game(moves.subList(0, steps), left.subList(0, steps + 1), Optional.empty());
    }

    List<Fraction> now() {
        return left.getLast();
    }

    /** Whether each number was used once and 24 is what is left. */
    boolean won() {
        return error.isEmpty() && now().equals(List.of(GOAL));
    }

    /** 1 for a game that is won, less the farther its end is from 24, 0 for one without an end. */
    double nearness() {
        if (error.isPresent() || now().size() > 1) {
            return 0;
        }
        return 1 / (1 + Math.abs(now().getFirst().value() - GOAL.value()));
    }

    String text() {
        return moves.stream().map(Move::toString).collect(Collectors.joining("; "));
    }
}
