package dev.hone.dsl.edit;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Where;
import java.util.ArrayList;
import java.util.List;

/** Why an edit is not made. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    private Refusal(List<Problem> problems) {
        super(problems.getFirst().what());
        this.problems = problems;
    }

    static Refusal of(String what, String fix) {
        return new Refusal(List.of(Problem.of(ProblemCode.EDIT_REFUSED, what, fix)));
    }

    static Refusal at(Where where, String what, String fix) {
        return new Refusal(List.of(Problem.at(where, ProblemCode.EDIT_REFUSED, what, fix)));
    }

    static Refusal because(String what, String fix, List<Problem> causes) {
        List<Problem> problems = new ArrayList<>();
        problems.add(Problem.of(ProblemCode.EDIT_REFUSED, what, fix));
        problems.addAll(causes);
        return new Refusal(List.copyOf(problems));
    }

    List<Problem> problems() {
        return problems;
    }
}
