package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;

/** UNKNOWN_POOL: a pool that is not declared, or a result that is not said. MISSING_KEY: nothing to choose the best by. */
public final class UnknownPools implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        Workflow workflow = subject.workflow();
        subject.flow()
                .all(Step.class)
                .forEach(step -> step.entry().ifPresent(entry -> require(workflow, entry.pool(), problems)));
        workflow.policies()
                .values()
                .forEach(policy -> policy.over().ifPresent(pool -> require(workflow, pool, problems)));
        workflow.result().ifPresent(pool -> require(workflow, pool, problems));
        if (workflow.result().isEmpty() && workflow.pools().size() > 1) {
            problems.add(
                    workflow.where(),
                    ProblemCode.UNKNOWN_POOL,
                    "There are " + workflow.pools().size() + " pools and 'result' names none of them.",
                    "Add 'result: " + workflow.pools().keySet().iterator().next()
                            + "' with the pool whose best artifact is the result.");
        }
        subject.flow()
                .all(Step.Reduce.class)
                .filter(reduce -> reduce.by().isEmpty() && reduce.how() == Step.Reduction.TOP)
                .forEach(reduce -> Uses.pool(reduce, workflow)
                        .filter(pool ->
                                pool.score().isEmpty() && pool.objectives().isEmpty())
                        .ifPresent(pool -> problems.add(
                                reduce.where(),
                                ProblemCode.MISSING_KEY,
                                "'" + reduce.id() + "' has no 'by', and the pool '" + pool.name() + "' has no scorer.",
                                "Add 'by', or 'score' to the pool.")));
    }

    private static void require(Workflow workflow, Workflow.Name pool, Problems problems) {
        if (!workflow.pools().containsKey(pool.name())) {
            problems.add(
                    pool.where(),
                    ProblemCode.UNKNOWN_POOL,
                    "There is no pool '" + pool.name() + "'.",
                    () -> UnknownNames.suggestion(pool.name(), workflow.pools().keySet()));
        }
    }
}
