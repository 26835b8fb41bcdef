package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;

/** All policies. A further one is a class and a line here. */
public final class Policies {

    public static final List<Policy<?>> ALL = List.of(
            new BestOfN(),
            new SuccessiveHalving(),
            new EpsilonGreedy(),
            new Ucb1(),
            new DelayedUcb(),
            new DiscountedUcb(),
            new ThompsonBeta(),
            new ThompsonNig(),
            new InformedThompson(),
            new TopK(),
            new DuelingUcb(),
            new CoLstim(),
            new NeuralDuelingUcb(),
            new GpUcb(),
            new ActiveRanking(),
            new Rollout(),
            new ReplaySchedule(),
            new Uct(),
            new SweSearch(),
            new AbMctsA(),
            new AbMctsM(),
            new Evolution(),
            new MapElites(),
            new Pid(),
            new BudgetPacing());

    private Policies() {}

    public static Optional<Policy<?>> find(String kind) {
        return ALL.stream()
                .<Policy<?>>map(policy -> policy)
                .filter(policy -> policy.kind().equals(kind))
                .findFirst();
    }
}
