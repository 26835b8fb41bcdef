package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import java.util.LinkedHashSet;
import java.util.Set;

/** UNKNOWN_NAME: a report's column that is neither measured nor counted by the engine. */
public final class ReportColumns implements Check {

    /** What the engine counts of every run. */
    public static final Set<String> COUNTED = Set.of("calls", "tokens", "money", "seconds", "score");

    @Override
    public void check(Subject subject, Problems problems) {
        Set<String> known = new LinkedHashSet<>(COUNTED);
        subject.workflow()
                .measure()
                .checks()
                .forEach(check -> known.addAll(check.report().keySet()));
        subject.workflow().measure().report().stream()
                .filter(column -> !known.contains(column.name()))
                .forEach(column -> problems.add(
                        column.where(),
                        ProblemCode.UNKNOWN_NAME,
                        "The report's column '" + column.name() + "' is neither measured nor counted.",
                        () -> UnknownNames.suggestion(column.name(), known)));
    }
}
