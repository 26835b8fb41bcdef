package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.listprog.Op;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import java.util.List;
import java.util.Optional;

/**
 * The control without a model: tries every program, shorter ones first. It shows that LISTPROG measures efficiency per model
 * call and not difficulty.
 */
final class Enumeration {

    private Enumeration() {}

    /** The first program in the numbering that passes the visible examples. */
    static Optional<Program> firstPassing(Task task) {
        int[] lists = task.examples().stream().mapToInt(Example::in).toArray();
        for (int length = 1; length <= Program.MAX_LENGTH; length++) {
            Op[] ops = new Op[length];
            if (search(task.examples(), lists, ops, 0)) {
                return Optional.of(Program.of(ops));
            }
        }
        return Optional.empty();
    }

    private static boolean search(List<Example> examples, int[] lists, Op[] ops, int depth) {
        if (depth == ops.length) {
            for (int i = 0; i < lists.length; i++) {
                if (lists[i] != examples.get(i).out()) {
                    return false;
                }
            }
            return true;
        }
        int[] next = new int[lists.length];
        for (Op op : Op.all()) {
            ops[depth] = op;
            for (int i = 0; i < lists.length; i++) {
                next[i] = op.apply(lists[i]);
            }
            if (search(examples, next, ops, depth + 1)) {
                return true;
            }
        }
        return false;
    }
}
