package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.Op;
import dev.hone.connectors.local.listprog.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Programs one operation away from a right one. */
final class NearMisses {

    private static final int SUBSTITUTIONS_IN_FIVE = 3;

    private NearMisses() {}

    /** {@code program} with one operation substituted (three times in five), inserted or deleted. */
    static Program of(Program program, SplittableRandom random) {
        List<Op> ops = new ArrayList<>(program.ops());
        Op op = Op.all().get(random.nextInt(Op.all().size()));
        int kind = random.nextInt(5);
        if (kind < SUBSTITUTIONS_IN_FIVE) {
            ops.set(random.nextInt(ops.size()), op);
        } else if (ops.size() == 1 || kind == SUBSTITUTIONS_IN_FIVE && ops.size() < Program.MAX_LENGTH) {
            ops.add(random.nextInt(ops.size() + 1), op);
        } else {
            ops.remove(random.nextInt(ops.size()));
        }
        return new Program(ops);
    }
}
