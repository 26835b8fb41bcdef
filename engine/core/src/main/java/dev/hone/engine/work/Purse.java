package dev.hone.engine.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Usage;
import dev.hone.dsl.DayLimits;
import dev.hone.dsl.Expression;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.ledger.Account;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.Limits;
import dev.hone.engine.ledger.Reservation;
import dev.hone.engine.ledger.Share;
import dev.hone.engine.ledger.SpendKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run may spend: each call's worst case is set aside before the call, and with it within the limits of the run, of the
 * loops around the call, and of the day.
 */
final class Purse {

    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);

    private final Run run;
    private final Ledger ledger;
    private final String tenant;
    private final DayLimits day;

    /**
     * @param tenant whose money it is
     * @param day what may be spent on a day
     */
    Purse(Run run, Ledger ledger, String tenant, DayLimits day) {
        this.run = run;
        this.ledger = ledger;
        this.tenant = tenant;
        this.day = day;
    }

    /**
     * Sets the worst case of a call aside.
     *
     * @return the number of the try
     * @throws Refusal when it does not fit into the budget
     */
    int reserve(Site site, Usage most, boolean inProcess) throws Refusal, StepProblem {
        if (run.read(RunState::paused)) {
            throw new Postponed(Run.PAUSE, "the run is paused");
        }
        Limits limits = limits(site);
        List<Share> shares = shares(site);
        for (int attempt = run.attempt(site); ; attempt++) {
            switch (ledger.reserve(run.id(), key(site, attempt), most, limits, shares, account())) {
                case Reservation.Reserved reserved -> {
                    return attempt;
                }
                case Reservation.Abandoned abandoned -> {
                    if (inProcess) {
                        return attempt; // it ended with the process that made it, and cost nothing
                    }
                    // Nobody saw how it ended: it stays spent at its worst case, and this is another try.
                    run.write(new Run.Entry(
                            site,
                            attempt,
                            EventKind.PROBLEM,
                            Json.object().put("what", "the process ended during this call; it counts as spent")));
                }
                case Reservation.Refused refused -> throw new Refusal(refused);
            }
        }
    }

    /** Whose money it is; what a replay hears again was paid before. */
    private Optional<Account> account() {
        if (run.replay().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                new Account(tenant, LocalDate.now(ZoneOffset.UTC), limits(day.of(tenant)), limits(day.all())));
    }

    private static Limits limits(DayLimits.Limit limit) {
        return new Limits(limit.calls(), limit.tokens(), limit.microUsd());
    }

    /** Whether money is bounded, so that every price has to be known. */
    boolean paysByMoney() {
        return run.workflow().limitsMoney()
                || run.replay().isEmpty()
                        && (day.all().microUsd().isPresent()
                                || ledger.limit(tenant)
                                        .orElse(limits(day.of(tenant)))
                                        .microUsd()
                                        .isPresent());
    }

    /** Counts a thing that the budget limits, before it is done; false when there is none left. */
    boolean count(Site site, Workflow.Resource resource, EventKind kind, ObjectNode body) throws StepProblem {
        OptionalLong most = limit(resource, BigDecimal.ONE, site);
        boolean[] fits = {true};
        run.writeWith(site, kind, current -> {
            boolean known = kind == EventKind.QUESTION
                    ? current.question(site.element(), site.iteration()).isPresent()
                    : current.training(site.element(), site.iteration());
            long used = kind == EventKind.QUESTION ? current.questions() : current.trainings();
            fits[0] = known || most.isEmpty() || used < most.getAsLong();
            return known || !fits[0] ? null : new Run.Entry(site, 1, kind, body);
        });
        return fits[0];
    }

    /** Counts what the recorded run paid, whatever the limits. */
    void reserveRecorded(Site site, Cassette.Reply recorded) {
        Reservation unused = ledger.reserve(
                run.id(),
                key(site, recorded.attempt()),
                recorded.reply().usage(),
                Limits.NONE,
                List.of(),
                Optional.empty());
    }

    /** A call that did not reach the model costs nothing; one whose end is unknown stays spent at its worst case. */
    void callFailed(Site site, int attempt, ConnectorException e, boolean inProcess) {
        boolean free = switch (e.kind()) {
            case BAD_INPUT, DENIED, UNKNOWN, BUSY, UNREACHABLE -> true;
            case LOST, TIMEOUT, CANCELLED, BROKEN -> inProcess;
        };
        if (free) {
            ledger.release(run.id(), key(site, attempt));
        }
    }

    /** What was used and what is set aside. */
    Usage spent() {
        return ledger.committed(run.id());
    }

    /** What the run may spend, with what operators have added. */
    Limits limits(Site site) throws StepProblem {
        return new Limits(
                limit(Workflow.Resource.CALLS, BigDecimal.ONE, site),
                limit(Workflow.Resource.TOKENS, BigDecimal.ONE, site),
                limit(Workflow.Resource.MONEY, MICRO, site));
    }

    private static Limits limits(Map<Workflow.Resource, Expression> limits, Site site) throws StepProblem {
        return new Limits(
                limit(limits.get(Workflow.Resource.CALLS), BigDecimal.ONE, site),
                limit(limits.get(Workflow.Resource.TOKENS), BigDecimal.ONE, site),
                limit(limits.get(Workflow.Resource.MONEY), MICRO, site));
    }

    /** Of a loop; a map has none. */
    private Map<Workflow.Resource, Expression> budgetOf(String scope) {
        return run.workflow()
                .steps()
                .filter(step -> step.id().equals(scope))
                .flatMap(step -> step instanceof Step.Loop loop ? Stream.of(loop.budget()) : Stream.empty())
                .findFirst()
                .orElse(Map.of());
    }

    /** What the loops around a place may spend. */
    private List<Share> shares(Site site) throws StepProblem {
        List<Share> shares = new ArrayList<>();
        for (int depth = 0; depth < site.iteration().indices().size(); depth++) {
            String loop = site.iteration().indices().get(depth).scope();
            Map<Workflow.Resource, Expression> budget = budgetOf(loop);
            if (!budget.isEmpty()) {
                String outside = site.iteration().upTo(depth).toString();
                shares.add(
                        new Share(loop, (outside.isEmpty() ? "" : outside + "/") + loop + "=", limits(budget, site)));
            }
        }
        return shares;
    }

    /**
     * The seconds that are left of the wall time, if the budget has one: of a run that goes on after a pause, without what it
     * had used before.
     */
    OptionalLong wallTime() {
        try {
            OptionalLong limit = limit(Workflow.Resource.SECONDS, BigDecimal.ONE, new Site(run, "run", Iteration.TOP));
            if (limit.isEmpty() || run.replay().isPresent()) {
                return limit.isEmpty()
                        ? limit
                        : OptionalLong.of(Duration.ofDays(365).toSeconds());
            }
            long used = run.read(state -> state.clock().used()).toSeconds();
            return OptionalLong.of(Math.max(0, limit.getAsLong() - used));
        } catch (StepProblem e) {
            throw new IllegalStateException("certified before the start", e);
        }
    }

    /** In the resource's unit times {@code unit}, with what operators have added; empty without a limit. */
    OptionalLong limit(Workflow.Resource resource, BigDecimal unit, Site site) throws StepProblem {
        OptionalLong limit = limit(run.workflow().budget().limits().get(resource), unit, site);
        long more = run.read(state -> state.raised(resource)).multiply(unit).longValue();
        return limit.isPresent() ? OptionalLong.of(limit.getAsLong() + more) : limit;
    }

    private static OptionalLong limit(@Nullable Expression limit, BigDecimal unit, Site site) throws StepProblem {
        return limit != null && site.evaluate(limit) instanceof BigDecimal number
                ? OptionalLong.of(number.multiply(unit).longValue())
                : OptionalLong.empty();
    }

    static SpendKey key(Site site, int attempt) {
        return new SpendKey(site.element(), site.iteration().toString(), attempt);
    }
}
