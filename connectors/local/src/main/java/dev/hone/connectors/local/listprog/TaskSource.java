package dev.hone.connectors.local.listprog;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * An endless, seeded stream of tasks. A program of two, three or four operations, each length equally often, is drawn at
 * random and kept when every operation changes one of the visible lists, when the visible outputs are neither all equal nor
 * all empty, and when no single operation does the same. Not thread-safe.
 */
public final class TaskSource {

    /** Which programs a stream draws from; see {@link CanonicalForms#heldOut}. */
    public enum Split {
        TRAINING,
        HELD_OUT
    }

    private static final int SHORTEST_LIST = 4;
    private static final int SHORTEST_PROGRAM = 2;

    private final SplittableRandom random;
    private final Split split;
    private final CanonicalForms forms = CanonicalForms.table();

    public TaskSource(long seed, Split split) {
        this.random = new SplittableRandom(seed);
        this.split = split;
    }

    /** {@code count} tasks of held-out programs, the same ones whenever the seed is the same. */
    public static List<Task> heldOut(int count, long seed) {
        TaskSource source = new TaskSource(seed, Split.HELD_OUT);
        return Stream.generate(source::next).limit(count).toList();
    }

    /** {@code count} packed lists such as tasks have as inputs. */
    public static int[] inputs(int count, SplittableRandom random) {
        return Lists.random(random, count, SHORTEST_LIST);
    }

    public Task next() {
        int length = random.nextInt(SHORTEST_PROGRAM, Program.MAX_LENGTH + 1);
        while (true) {
            Program program = randomProgram(length);
            int[] lists = Lists.random(random, Task.VISIBLE + Task.HIDDEN, SHORTEST_LIST);
            if (!everyOperationMatters(program, lists) || !outputsTell(program, lists)) {
                continue;
            }
            Program canonical = forms.of(program);
            boolean wanted = forms.heldOut(program) == (split == Split.HELD_OUT);
            if (wanted && canonical.length() >= SHORTEST_PROGRAM) {
                List<Example> examples = new ArrayList<>(lists.length);
                for (int list : lists) {
                    examples.add(new Example(list, program.run(list)));
                }
                return new Task(
                        examples.subList(0, Task.VISIBLE), examples.subList(Task.VISIBLE, lists.length), canonical);
            }
        }
    }

    private Program randomProgram(int length) {
        Op[] ops = new Op[length];
        for (int i = 0; i < length; i++) {
            ops[i] = Op.all().get(random.nextInt(Op.all().size()));
        }
        return Program.of(ops);
    }

    private static boolean everyOperationMatters(Program program, int[] lists) {
        int[] now = new int[Task.VISIBLE];
        System.arraycopy(lists, 0, now, 0, now.length);
        for (Op op : program.ops()) {
            boolean changed = false;
            for (int i = 0; i < now.length; i++) {
                int next = op.apply(now[i]);
                changed |= next != now[i];
                now[i] = next;
            }
            if (!changed) {
                return false;
            }
        }
        return true;
    }

    /** All empty is a case of all equal. */
    private static boolean outputsTell(Program program, int[] lists) {
        int first = program.run(lists[0]);
        for (int i = 1; i < Task.VISIBLE; i++) {
            if (program.run(lists[i]) != first) {
                return true;
            }
        }
        return false;
    }
}
