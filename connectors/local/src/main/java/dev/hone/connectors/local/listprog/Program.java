package dev.hone.connectors.local.listprog;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A sequence of one to {@value #MAX_LENGTH} operations, applied from left to right. Its text is {@code reverse | double |
 * take3}.
 *
 * <p>Programs are numbered: those of one operation first, then those of two, each length in the order of {@link Op}. The
 * number is how tables over all programs are kept.
 */
public record Program(List<Op> ops) {

    public static final int MAX_LENGTH = 4;

    private static final int OPS = Op.all().size();
    private static final String SEPARATOR = " | ";

    /** @throws IllegalArgumentException when there is no operation, or more than {@value #MAX_LENGTH} */
    public Program {
        ops = List.copyOf(ops);
        if (ops.isEmpty() || ops.size() > MAX_LENGTH) {
            throw new IllegalArgumentException("a program has 1 to " + MAX_LENGTH + " operations, not " + ops.size());
        }
    }

    public static Program of(Op... ops) {
        return new Program(List.of(ops));
    }

    /** @throws IllegalArgumentException saying which word is no operation, or that there are too many */
    public static Program parse(String text) {
        List<Op> ops = new ArrayList<>();
        for (String word : text.strip().split("\\s*\\|\\s*", -1)) {
            ops.add(Op.named(word)
                    .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no operation; there are "
                            + Op.all().stream().map(Op::text).collect(Collectors.joining(", ")))));
        }
        return new Program(ops);
    }

    /** How many programs there are. */
    public static int count() {
        return firstOfLength(MAX_LENGTH + 1);
    }

    /** The program with a number less than {@link #count()}. */
    public static Program numbered(int number) {
        int length = 1;
        while (number >= firstOfLength(length + 1)) {
            length++;
        }
        int rest = number - firstOfLength(length);
        Op[] ops = new Op[length];
        for (int i = length - 1; i >= 0; i--) {
            ops[i] = Op.all().get(rest % OPS);
            rest /= OPS;
        }
        return of(ops);
    }

    public int number() {
        int number = 0;
        for (Op op : ops) {
            number = OPS * number + op.ordinal();
        }
        return firstOfLength(ops.size()) + number;
    }

    /** Runs the program on a packed list (see {@link Digits}). */
    public int run(int list) {
        int result = list;
        for (int i = 0; i < ops.size(); i++) {
            result = ops.get(i).apply(result);
        }
        return result;
    }

    public int length() {
        return ops.size();
    }

    /** The program with the operation at {@code position}, counted from 0, replaced. */
    public Program with(int position, Op op) {
        List<Op> changed = new ArrayList<>(ops);
        changed.set(position, op);
        return new Program(changed);
    }

    public String text() {
        return ops.stream().map(Op::text).collect(Collectors.joining(SEPARATOR));
    }

    @Override
    public String toString() {
        return text();
    }

    static int firstOfLength(int length) {
        int first = 0;
        for (int shorter = 1, programs = OPS; shorter < length; shorter++, programs *= OPS) {
            first += programs;
        }
        return first;
    }
}
