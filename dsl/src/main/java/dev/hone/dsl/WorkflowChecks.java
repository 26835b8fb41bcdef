package dev.hone.dsl;

import dev.hone.dsl.check.AveragedSlots;
import dev.hone.dsl.check.Check;
import dev.hone.dsl.check.PromptNames;
import dev.hone.dsl.check.ReportColumns;
import dev.hone.dsl.check.RuleTargets;
import dev.hone.dsl.check.SealedLeaks;
import dev.hone.dsl.check.SelfGrading;
import dev.hone.dsl.check.Subject;
import dev.hone.dsl.check.UnknownMemories;
import dev.hone.dsl.check.UnknownNames;
import dev.hone.dsl.check.UnknownPolicies;
import dev.hone.dsl.check.UnknownPools;
import dev.hone.dsl.check.UnknownPrices;
import dev.hone.dsl.check.UnknownProviders;
import dev.hone.dsl.check.UnknownSlots;
import dev.hone.dsl.check.UnknownTools;
import dev.hone.dsl.check.UntrustedRules;
import dev.hone.dsl.check.UnusableControls;
import java.util.List;

/** What a well-formed file may still get wrong, given what an engine has to offer. */
public final class WorkflowChecks {

    private static final List<Check> ALL = List.of(
            new UnknownSlots(),
            new UnknownPools(),
            new UnknownPolicies(),
            new UnknownMemories(),
            new UnknownTools(),
            new UnknownProviders(),
            new UnknownNames(),
            new PromptNames(),
            new RuleTargets(),
            new UntrustedRules(),
            new ReportColumns(),
            new AveragedSlots(),
            new UnusableControls(),
            new UnknownPrices(),
            new SealedLeaks(),
            new SelfGrading());

    private WorkflowChecks() {}

    /** @return every problem, in the order of the file; none when the workflow can be compiled */
    public static List<Problem> check(Workflow workflow, Vocabulary vocabulary) {
        Subject subject = Subject.of(workflow, vocabulary);
        Problems problems = new Problems();
        ALL.forEach(check -> check.check(subject, problems));
        return problems.inOrder();
    }
}
