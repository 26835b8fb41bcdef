package dev.hone.engine;

import dev.hone.dsl.DayLimits;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.Limits;
import dev.hone.engine.ledger.Spent;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/** What each tenant may spend on a day, and has spent. */
public final class Budgets {

    private final Ledger ledger;
    private final DayLimits day;

    /** @param day what the options say of tenants that nobody has said anything else of */
    Budgets(Ledger ledger, DayLimits day) {
        this.ledger = ledger;
        this.day = day;
    }

    /** What a tenant may spend on a day: what was said last, else what the options say. */
    public DayLimits.Limit limit(String tenant) {
        return Failures.attempt(() -> ledger.limit(tenant))
                .map(own -> new DayLimits.Limit(own.calls(), own.tokens(), own.microUsd()))
                .orElseGet(() -> day.of(tenant));
    }

    /**
     * Says what a tenant may spend on a day, from its next call on.
     *
     * @param limit empty for what the options say
     * @param by who says so, 1 to 200 characters
     */
    public void limit(String tenant, Optional<DayLimits.Limit> limit, String by) {
        Queries.checkName("the name of the tenant", tenant);
        Queries.checkName("the name of who sets the limit", by);
        limit.ifPresent(most -> {
            check("calls", most.calls());
            check("tokens", most.tokens());
            check("millionths of a dollar", most.microUsd());
        });
        Failures.attempt(() -> {
            ledger.limit(tenant, limit.map(most -> new Limits(most.calls(), most.tokens(), most.microUsd())), by);
            return tenant;
        });
    }

    private static void check(String what, OptionalLong limit) {
        if (limit.isPresent() && limit.getAsLong() < 0) {
            throw Queries.problem(
                    ProblemCode.INPUT_TYPE,
                    "a limit of " + limit.getAsLong() + " " + what + " a day is none.",
                    "Give a number from 0, or leave it out for no limit.");
        }
    }

    /** What a tenant's runs have used, and set aside, today, by UTC. */
    public Spent spentToday(String tenant) {
        return Failures.attempt(() -> ledger.spent(tenant, LocalDate.now(ZoneOffset.UTC)));
    }
}
