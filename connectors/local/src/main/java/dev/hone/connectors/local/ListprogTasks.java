package dev.hone.connectors.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.local.listprog.Digits;
import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.listprog.TaskSource;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tasks of held-out programs as lines of JSON: {@code {"task": {"examples": [{"in": [..], "out": [..]}, ...]}, "hidden":
 * [{"in": [..], "out": [..]}, ...]}}, with 4 examples and 12 hidden cases.
 */
public final class ListprogTasks {

    private static final int JUDGING = 4;

    private ListprogTasks() {}

    /** {@code count} tasks drawn with {@code seed}, one a line: the same lines whenever count and seed are the same. */
    public static List<String> generated(int count, long seed) {
        return TaskSource.heldOut(count, seed).stream().map(ListprogTasks::line).toList();
    }

    /** The same tasks, each with the {@code program} that made it, for what judges more than an answer. */
    public static List<String> answered(int count, long seed) {
        return TaskSource.heldOut(count, seed).stream()
                .map(task -> json(task).put("program", task.program().text()).toString())
                .toList();
    }

    /**
     * The same tasks for an environment that judges proposals itself: the first {@value #JUDGING} hidden cases are its own,
     * {@code judge}, and the others stay {@code hidden}; {@code truth} is the program.
     */
    public static List<String> judged(int count, long seed) {
        return TaskSource.heldOut(count, seed).stream()
                .map(ListprogTasks::judgedLine)
                .toList();
    }

    private static String judgedLine(Task task) {
        ObjectNode root = ListprogInputs.JSON.createObjectNode();
        write(task.examples(), root.putObject("task").putArray("examples"));
        write(task.hidden().subList(0, JUDGING), root.putArray("judge"));
        write(task.hidden().subList(JUDGING, Task.HIDDEN), root.putArray("hidden"));
        return root.put("truth", task.program().text()).toString();
    }

    /**
     * Exams on held-out programs as lines of JSON: {@code {"seed": 1, "exam": [{"examples": [...]}, ...], "hidden": [[...],
     * ...]}}, no task twice. The seed, from 1, is for the tasks to practise on.
     *
     * @param size tasks of each
     */
    public static List<String> exams(int count, int size, long seed) {
        List<Task> tasks = TaskSource.heldOut(count * size, seed);
        return IntStream.range(0, count)
                .mapToObj(exam -> exam(exam + 1, tasks.subList(exam * size, (exam + 1) * size)))
                .toList();
    }

    private static String exam(int seed, List<Task> tasks) {
        ObjectNode root = ListprogInputs.JSON.createObjectNode().put("seed", seed);
        ArrayNode exam = root.putArray("exam");
        ArrayNode hidden = root.putArray("hidden");
        for (Task task : tasks) {
            write(task.examples(), exam.addObject().putArray("examples"));
            write(task.hidden(), hidden.addArray());
        }
        return root.toString();
    }

    /** One task as a line of JSON. */
    public static String line(Task task) {
        return json(task).toString();
    }

    private static ObjectNode json(Task task) {
        ObjectNode root = ListprogInputs.JSON.createObjectNode();
        write(task.examples(), root.putObject("task").putArray("examples"));
        write(task.hidden(), root.putArray("hidden"));
        return root;
    }

    private static void write(List<Example> examples, ArrayNode array) {
        for (Example example : examples) {
            ObjectNode one = array.addObject();
            Digits.toList(example.in()).forEach(one.putArray("in")::add);
            Digits.toList(example.out()).forEach(one.putArray("out")::add);
        }
    }
}
