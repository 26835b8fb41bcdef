package dev.hone.server.budgets;

import dev.hone.dsl.DayLimits;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.ledger.Spent;
import dev.hone.server.audit.Audit;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a tenant may spend on a day of UTC, beside the budgets of its runs, and what it has spent today. */
@Controller("/api/v1/budgets/{tenant}")
@Secured(Role.MAY_VIEW)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Budgets")
class BudgetController {

    private static final int MICROS = 6;

    private final Engine engine;
    private final Audit audit;

    BudgetController(Engine engine, Audit audit) {
        this.engine = engine;
        this.audit = audit;
    }

    /** What the tenant may spend a day, and has spent and set aside today. */
    @Get
    Budget get(String tenant, Authentication who) {
        Caller caller = Caller.of(who);
        if (!caller.operator() && !caller.tenant().equals(tenant)) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.NOT_FOUND, "there is no tenant " + tenant + ".", "Ask for your own tenant's budget.")));
        }
        return budget(tenant);
    }

    /** Says what the tenant may spend a day, from its next call on. Only the operator may. */
    @Put
    @Secured(Role.MAY_ADMINISTER)
    Budget set(String tenant, @Valid @Body Limit limit, Authentication who) {
        return set(tenant, Optional.of(limit.limit()), who);
    }

    /** Lets what the server's file of limits says hold again. Only the operator may. */
    @Delete
    @Secured(Role.MAY_ADMINISTER)
    Budget unset(String tenant, Authentication who) {
        return set(tenant, Optional.empty(), who);
    }

    private Budget set(String tenant, Optional<DayLimits.Limit> limit, Authentication who) {
        Caller caller = operator(who);
        engine.budgets().limit(tenant, limit, caller.name());
        audit.record(caller, tenant, limit.isPresent() ? "budget.set" : "budget.unset", tenant, Map.of());
        return budget(tenant);
    }

    private Budget budget(String tenant) {
        return new Budget(
                tenant,
                Limit.of(engine.budgets().limit(tenant)),
                engine.budgets().spentToday(tenant));
    }

    private static Caller operator(Authentication who) {
        Caller caller = Caller.of(who);
        if (!caller.operator()) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.NOT_ALLOWED,
                    "what tenants may spend is for the operator to say.",
                    "Ask who runs the server.")));
        }
        return caller;
    }

    /** @param today what is used and set aside since midnight UTC */
    @Schema(name = "Budget")
    record Budget(String tenant, Limit limit, Spent today) {}

    /**
     * The most on a day; what is not said is not limited.
     *
     * @param dollars US dollars
     */
    @Introspected
    @Schema(name = "DayLimit")
    record Limit(
            @Nullable @PositiveOrZero Long calls,
            @Nullable @PositiveOrZero Long tokens,
            @Nullable @PositiveOrZero BigDecimal dollars) {

        private static Limit of(DayLimits.Limit limit) {
            return new Limit(
                    boxed(limit.calls()),
                    boxed(limit.tokens()),
                    limit.microUsd().isPresent()
                            ? BigDecimal.valueOf(limit.microUsd().getAsLong(), MICROS)
                            : null);
        }

        private static @Nullable Long boxed(OptionalLong number) {
            return number.isPresent() ? number.getAsLong() : null;
        }

        private DayLimits.Limit limit() {
            return new DayLimits.Limit(
                    calls == null ? OptionalLong.empty() : OptionalLong.of(calls),
                    tokens == null ? OptionalLong.empty() : OptionalLong.of(tokens),
                    dollars == null
                            ? OptionalLong.empty()
                            : OptionalLong.of(dollars.movePointRight(MICROS).longValue()));
        }
    }
}
