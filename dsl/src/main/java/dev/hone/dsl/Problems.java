package dev.hone.dsl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Collects problems, so that an author sees all of them at once. Holds at most {@value #MOST}. */
public final class Problems {

    private static final int MOST = 200;

    private static final Where NOWHERE = new Where("", 0, 0);

    private final List<Problem> all = new ArrayList<>();

    public void add(Where where, ProblemCode code, String what, String fix) {
        add(where, code, what, () -> fix);
    }

    /** @param fix not asked for when the problem is left out, as it may take a search among thousands of names */
    public void add(Where where, ProblemCode code, String what, Supplier<String> fix) {
        if (!isFull() && !isUnreadable(where)) {
            all.add(Problem.at(where, code, what, fix.get()));
        }
    }

    /** @param others each with its place */
    public void addAll(List<Problem> others) {
        others.forEach(p -> add(p.where().orElseThrow(), p.code(), p.what(), p.fix()));
    }

    /** What could not be read is not blamed a second time for what was not read there. */
    private boolean isUnreadable(Where where) {
        return all.stream()
                .anyMatch(problem -> problem.code() == ProblemCode.YAML_UNSUPPORTED
                        && problem.where().filter(where::equals).isPresent());
    }

    /** Whether further problems are left out, so that looking for them is in vain. */
    public boolean isFull() {
        return all.size() >= MOST;
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** File by file as they were found, by place in each; of one place in the order found. */
    public List<Problem> inOrder() {
        List<String> files =
                all.stream().map(problem -> where(problem).file()).distinct().toList();
        return all.stream()
                .sorted(Comparator.comparing(
                        Problems::where,
                        Comparator.<Where>comparingInt(where -> files.indexOf(where.file()))
                                .thenComparingInt(Where::line)
                                .thenComparingInt(Where::column)))
                .toList();
    }

    private static Where where(Problem problem) {
        return problem.where().orElse(NOWHERE);
    }
}
