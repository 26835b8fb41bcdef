package dev.hone.dsl.check;

import dev.hone.dsl.Expression;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Step;
import dev.hone.dsl.Vocabulary;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import java.math.BigDecimal;

/**
 * UNKNOWN_POLICY: a policy that is not declared or of no known kind. BAD_SETTING: a setting that its kind does not have, or
 * outside of its range. MISSING_KEY: nothing to choose from. WRONG_TYPE: told in a way that it does not learn from.
 */
public final class UnknownPolicies implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        Workflow workflow = subject.workflow();
        workflow.policies().values().forEach(policy -> declared(subject.vocabulary(), policy, problems));
        subject.flow().all(Step.Choose.class).forEach(choose -> require(workflow, choose.policy(), problems));
        subject.flow().all(Step.Tell.class).forEach(tell -> {
            require(workflow, tell.policy(), problems);
            lesson(subject, tell, problems);
        });
    }

    private static void require(Workflow workflow, Workflow.Name policy, Problems problems) {
        if (!workflow.policies().containsKey(policy.name())) {
            problems.add(
                    policy.where(),
                    ProblemCode.UNKNOWN_POLICY,
                    "There is no policy '" + policy.name() + "'.",
                    UnknownNames.suggestion(policy.name(), workflow.policies().keySet()));
        }
    }

    private static void declared(Vocabulary vocabulary, Workflow.PolicyUse policy, Problems problems) {
        Vocabulary.PolicyKind kind = vocabulary.policies().get(policy.kind().name());
        if (kind == null) {
            problems.add(
                    policy.kind().where(),
                    ProblemCode.UNKNOWN_POLICY,
                    "There is no kind of policy '" + policy.kind().name() + "'.",
                    UnknownNames.suggestion(
                            policy.kind().name(), vocabulary.policies().keySet()));
            return;
        }
        policy.settings().forEach((name, value) -> setting(policy, kind, name, value, problems));
        switch (kind.over()) {
            case ARMS -> {
                if (policy.arms().isEmpty() && policy.over().isEmpty()) {
                    missing(policy, "has nothing to choose from", "Give it 'arms', or 'over' with a pool.", problems);
                }
            }
            case POOL, TREE -> {
                if (policy.over().isEmpty()) {
                    missing(policy, "does not say which pool it chooses from", "Add 'over'.", problems);
                }
            }
            case NOTHING -> {}
        }
    }

    private static void missing(Workflow.PolicyUse policy, String what, String fix, Problems problems) {
        problems.add(policy.where(), ProblemCode.MISSING_KEY, "The policy '" + policy.name() + "' " + what + ".", fix);
    }

    private static void setting(
            Workflow.PolicyUse policy, Vocabulary.PolicyKind kind, String name, Expression value, Problems problems) {
        Vocabulary.Range range = kind.settings().get(name);
        if (range == null) {
            problems.add(
                    value.where(),
                    ProblemCode.BAD_SETTING,
                    "'" + policy.kind().name() + "' has no setting '" + name + "'.",
                    UnknownNames.suggestion(name, kind.settings().keySet()));
        } else if (value.feel() instanceof Feel.Num(BigDecimal number)
                && (number.doubleValue() < range.least() || number.doubleValue() > range.most())) {
            problems.add(
                    value.where(),
                    ProblemCode.BAD_SETTING,
                    "The setting '" + name + "' is " + number + ".",
                    "Give a number from " + range.least() + " to " + range.most() + ".");
        }
    }

    private static void lesson(Subject subject, Step.Tell tell, Problems problems) {
        Workflow.PolicyUse policy =
                subject.workflow().policies().get(tell.policy().name());
        Vocabulary.PolicyKind kind = policy == null
                ? null
                : subject.vocabulary().policies().get(policy.kind().name());
        String word = switch (tell.lesson()) {
            case Step.Lesson.Score score -> "score";
            case Step.Lesson.Scores scores -> "scores";
            case Step.Lesson.Prefer prefer -> "prefer";
        };
        if (kind != null && !kind.lessons().contains(word)) {
            problems.add(
                    tell.lesson().expression().where(),
                    ProblemCode.WRONG_TYPE,
                    "'" + tell.policy().name() + "' does not learn from '" + word + "'.",
                    "Tell it "
                            + String.join(
                                    " or ", kind.lessons().stream().sorted().toList()) + ".");
        }
    }
}
