package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import java.util.List;

/** NOT_TRUSTED: rules in DRL, which are code, for an engine that trusts none. UNKNOWN_FILE: they are not there. */
public final class UntrustedRules implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        subject.workflow().drl().forEach(file -> {
            if (!subject.vocabulary().trusted()) {
                problems.add(
                        file.path().where(),
                        ProblemCode.NOT_TRUSTED,
                        "The rules in '" + file.path().name() + "' are code that can do anything, and are not trusted.",
                        "Read them; if you trust them, say so with --trusted (EngineOptions.trusting() in a program). Or"
                                + " write them as rules or tables.");
            } else if (file.text().isEmpty()) {
                problems.addAll(List.of(file.unknown()));
            }
        });
    }
}
