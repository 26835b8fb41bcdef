package dev.hone.engine;

import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.work.RunSetup;
import java.util.List;

/** The versions of slots that were promoted: runs of the text that they were shown for begin with them. */
public final class Promotions {

    private final Ledger ledger;

    Promotions(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The versions that runs of a workflow begin with, at most one for each slot. */
    public List<Promotion> holding(Source source) {
        return holding(RunSetup.NOBODY, source);
    }

    /** The same for the runs of a tenant. */
    public List<Promotion> holding(String tenant, Source source) {
        return Failures.attempt(() -> ledger.holding(tenant, source.hash()));
    }

    List<Promotion> holding(String tenant, Program program) {
        return Failures.attempt(() -> ledger.program(program.hash()))
                .map(kept -> holding(tenant, Source.of(kept)))
                .orElse(List.of());
    }

    /** All versions of the slots of a tenant's workflow, oldest first, those that were taken back among them. */
    public List<Promotion> all(String tenant, String workflow) {
        return Failures.attempt(() -> ledger.promotions(tenant, workflow));
    }

    /**
     * Adds a version of a slot, with which runs of that text begin from now on. It takes what it says for shown.
     *
     * @return it with its number
     */
    public Promotion promote(Promotion promotion) {
        return promote(RunSetup.NOBODY, promotion);
    }

    /** The same for the runs of a tenant alone. */
    public Promotion promote(String tenant, Promotion promotion) {
        return Failures.attempt(() -> ledger.promote(tenant, promotion));
    }

    /** Takes a version back, so that the one before it holds again. @return false when it was taken back before */
    public boolean rollBack(Promotion promotion, Promotion.Act act) {
        return rollBack(RunSetup.NOBODY, promotion, act);
    }

    /** The same of a tenant. */
    public boolean rollBack(String tenant, Promotion promotion, Promotion.Act act) {
        return Failures.attempt(() -> ledger.rollBack(tenant, promotion, act));
    }
}
