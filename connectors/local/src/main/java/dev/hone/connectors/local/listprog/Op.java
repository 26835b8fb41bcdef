package dev.hone.connectors.local.listprog;

import static dev.hone.connectors.local.listprog.Digits.EMPTY;
import static dev.hone.connectors.local.listprog.Digits.append;
import static dev.hone.connectors.local.listprog.Digits.get;
import static dev.hone.connectors.local.listprog.Digits.size;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * One operation on a list of digits (see {@link Digits}). Every operation is total, never lengthens the list, and counts
 * modulo 10. The order of the constants is part of the weights format: a model's token {@code i} is operation {@code i}.
 */
public enum Op {
    REVERSE("reverse", Op::reverse),
    SORT_UP("sort-up", list -> sort(list, true)),
    SORT_DOWN("sort-down", list -> sort(list, false)),
    INCREMENT("increment", list -> map(list, x -> (x + 1) % 10)),
    DECREMENT("decrement", list -> map(list, x -> (x + 9) % 10)),
    DOUBLE("double", list -> map(list, x -> 2 * x % 10)),
    SQUARE("square", list -> map(list, x -> x * x % 10)),
    NEGATE("negate", list -> map(list, x -> 9 - x)),
    DROP_FIRST("drop-first", list -> slice(list, 1, size(list))),
    DROP_LAST("drop-last", list -> slice(list, 0, size(list) - 1)),
    TAKE3("take3", list -> slice(list, 0, Math.min(3, size(list)))),
    ROTATE_LEFT("rotate-left", Op::rotateLeft),
    SWAP_NEIGHBOURS("swap-neighbours", Op::swapNeighbours),
    KEEP_EVEN("keep-even", list -> keep(list, x -> x % 2 == 0)),
    KEEP_ODD("keep-odd", list -> keep(list, x -> x % 2 == 1)),
    KEEP_HIGH("keep-high", list -> keep(list, x -> x > 4)),
    KEEP_LOW("keep-low", list -> keep(list, x -> x < 5)),
    UNIQUE("unique", Op::unique),
    RUNNING_SUM("running-sum", Op::runningSum),
    DIFFERENCES("differences", Op::differences);

    private static final List<Op> ALL = List.of(values());

    private final String text;
    private final IntUnaryOperator function;

    Op(String text, IntUnaryOperator function) {
        this.text = text;
        this.function = function;
    }

    public static List<Op> all() {
        return ALL;
    }

    public static Optional<Op> named(String text) {
        return ALL.stream().filter(op -> op.text.equals(text)).findFirst();
    }

    /** The name in a program's text, for example {@code keep-even}. */
    public String text() {
        return text;
    }

    /** Applies this operation to a packed list. */
    public int apply(int list) {
        return function.applyAsInt(list);
    }

    private static int map(int list, IntUnaryOperator f) {
        int result = EMPTY;
        for (int i = 0; i < size(list); i++) {
            result = append(result, f.applyAsInt(get(list, i)));
        }
        return result;
    }

    private static int keep(int list, IntPredicate wanted) {
        int result = EMPTY;
        for (int i = 0; i < size(list); i++) {
            int x = get(list, i);
            if (wanted.test(x)) {
                result = append(result, x);
            }
        }
        return result;
    }

    private static int slice(int list, int from, int to) {
        int result = EMPTY;
        for (int i = from; i < to; i++) {
            result = append(result, get(list, i));
        }
        return result;
    }

    private static int reverse(int list) {
        int result = EMPTY;
        for (int i = size(list) - 1; i >= 0; i--) {
            result = append(result, get(list, i));
        }
        return result;
    }

    /** Counts each digit, four bits a digit in one {@code long}. */
    private static int sort(int list, boolean up) {
        long counts = 0;
        for (int i = 0; i < size(list); i++) {
            counts += 1L << (4 * get(list, i));
        }
        int result = EMPTY;
        for (int k = 0; k < 10; k++) {
            int x = up ? k : 9 - k;
            for (long left = counts >>> (4 * x) & 15; left > 0; left--) {
                result = append(result, x);
            }
        }
        return result;
    }

    private static int rotateLeft(int list) {
        return size(list) == 0 ? list : append(slice(list, 1, size(list)), get(list, 0));
    }

    /** Swaps the first with the second, the third with the fourth and so on; an odd last one stays. */
    private static int swapNeighbours(int list) {
        int result = EMPTY;
        for (int i = 0; i < size(list); i++) {
            int other = i ^ 1;
            result = append(result, get(list, other < size(list) ? other : i));
        }
        return result;
    }

    /** Keeps the first of equal digits. */
    private static int unique(int list) {
        int seen = 0;
        int result = EMPTY;
        for (int i = 0; i < size(list); i++) {
            int x = get(list, i);
            if ((seen >>> x & 1) == 0) {
                seen |= 1 << x;
                result = append(result, x);
            }
        }
        return result;
    }

    private static int runningSum(int list) {
        int sum = 0;
        int result = EMPTY;
        for (int i = 0; i < size(list); i++) {
            sum = (sum + get(list, i)) % 10;
            result = append(result, sum);
        }
        return result;
    }

    /** Each digit minus the one before it, modulo 10: one element fewer. */
    private static int differences(int list) {
        int result = EMPTY;
        for (int i = 1; i < size(list); i++) {
            result = append(result, (get(list, i) - get(list, i - 1) + 10) % 10);
        }
        return result;
    }
}
