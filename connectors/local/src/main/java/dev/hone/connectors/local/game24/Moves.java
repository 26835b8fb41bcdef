package dev.hone.connectors.local.game24;

import dev.hone.connectors.local.game24.Move.Operation;
import java.util.ArrayList;
import java.util.List;

/** The steps that can be taken. */
final class Moves {

    private Moves() {}

    /** All steps with two of the numbers, each pair in the orders that make a difference. */
    static List<Move> of(List<Fraction> numbers) {
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            for (int j = i + 1; j < numbers.size(); j++) {
                Fraction a = numbers.get(i);
                Fraction b = numbers.get(j);
                moves.add(new Move(a, Operation.PLUS, b));
                moves.add(new Move(a, Operation.TIMES, b));
                moves.add(new Move(a, Operation.MINUS, b));
                moves.add(new Move(b, Operation.MINUS, a));
                if (b.over() != 0) {
                    moves.add(new Move(a, Operation.DIVIDED_BY, b));
                }
                if (a.over() != 0) {
                    moves.add(new Move(b, Operation.DIVIDED_BY, a));
                }
            }
        }
        return List.copyOf(moves);
    }

    /** Whether some order of steps wins: tried one after the other, a few thousand at most. */
    static boolean canWin(Game game) {
        if (game.now().size() == 1) {
            return game.won();
        }
        return of(game.now()).stream().anyMatch(move -> canWin(game.then(move)));
    }
}
