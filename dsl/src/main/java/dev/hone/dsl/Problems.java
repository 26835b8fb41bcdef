package dev.hone.dsl;

import java.util.ArrayList;
import java.util.List;

/** Collects problems, so that an author sees all of them at once. Holds at most {@value #MOST}. */
public final class Problems {

    private static final int MOST = 200;

    private final List<Problem> all = new ArrayList<>();

    public void add(Where where, ProblemCode code, String what, String fix) {
        if (all.size() < MOST) {
            all.add(Problem.at(where, code, what, fix));
        }
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public List<Problem> all() {
        return List.copyOf(all);
    }
}
