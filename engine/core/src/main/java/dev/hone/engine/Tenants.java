package dev.hone.engine;

import dev.hone.dsl.DayLimits;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ledger.Cursor;
import dev.hone.engine.ledger.Deployment;
import dev.hone.engine.ledger.DeploymentPage;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.Limits;
import dev.hone.engine.ledger.ProgramRecord;
import dev.hone.engine.ledger.RequestKey;
import dev.hone.engine.ledger.Spent;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Whose workflows and whose money: what belongs to one tenant and is nobody else's. */
final class Tenants {

    /** The longest name of a tenant or of a request, in characters. */
    static final int NAME = 200;

    private static final int VERSIONS = 1_000;

    private final Ledger ledger;
    private final DayLimits day;

    /** @param day what the options say of tenants that nobody has said anything else of */
    Tenants(Ledger ledger, DayLimits day) {
        this.ledger = ledger;
        this.day = day;
    }

    static void checkName(String what, String name) {
        if (name.isEmpty() || name.length() > NAME) {
            throw Queries.problem(
                    ProblemCode.INPUT_TYPE,
                    what + " has " + name.length() + " characters.",
                    "Give it 1 to " + NAME + ".");
        }
    }

    // --- deployments

    DeploymentPage deployments(String tenant, Optional<String> after, int limit) {
        Queries.check(limit, after);
        return Failures.attempt(() -> ledger.deployments(tenant, after.flatMap(Cursor::parse), limit));
    }

    List<Deployment> versions(String tenant, String workflow) {
        List<Deployment> versions = Failures.attempt(() -> ledger.versions(tenant, workflow, VERSIONS));
        if (versions.isEmpty()) {
            throw noWorkflow(tenant, workflow);
        }
        return versions;
    }

    Deployment deployment(String tenant, String workflow, Optional<Integer> version) {
        return Failures.attempt(() -> ledger.deployment(tenant, workflow, version))
                .orElseThrow(() -> version.isEmpty()
                                || ledger.deployment(tenant, workflow, Optional.empty())
                                        .isEmpty()
                        ? noWorkflow(tenant, workflow)
                        : Queries.problem(
                                ProblemCode.NOT_FOUND,
                                "the workflow " + workflow + " has no version " + version.get() + ".",
                                "List its versions."));
    }

    /** The text that a deployed program was compiled from. */
    Source source(Deployment deployment) {
        ProgramRecord kept =
                Failures.attempt(() -> ledger.program(deployment.program())).orElseThrow();
        return new Source(kept.file(), kept.text(), kept.companions());
    }

    private static EngineException noWorkflow(String tenant, String workflow) {
        return Queries.problem(
                ProblemCode.NOT_FOUND,
                "the tenant " + tenant + " has deployed no workflow " + workflow + ".",
                "List the deployments, or deploy it.");
    }

    // --- requests

    /**
     * What a request is, so that the same key for another can be refused. The promoted versions that it begins with are not
     * part of it, as they may change between two calls.
     */
    static Optional<RequestKey> key(String program, RunRequest request, RunSetup asked) {
        return request.key().map(key -> new RequestKey(key, Sha256.of(program, Json.sorted(Json.node(asked)))));
    }

    static EngineException keyReused(String key) {
        return Queries.problem(
                ProblemCode.KEY_REUSED,
                "the key '" + key + "' was used for another request.",
                "Use a key of its own for each request, and the same key only to make the same request again.");
    }

    // --- money

    /** What a tenant may spend on a day. */
    DayLimits.Limit limit(String tenant) {
        return Failures.attempt(() -> ledger.limit(tenant))
                .map(own -> new DayLimits.Limit(own.calls(), own.tokens(), own.microUsd()))
                .orElseGet(() -> day.of(tenant));
    }

    void limit(String tenant, Optional<DayLimits.Limit> limit, String by) {
        checkName("the name of the tenant", tenant);
        checkName("the name of who sets the limit", by);
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
    Spent spentToday(String tenant) {
        return Failures.attempt(() -> ledger.spent(tenant, LocalDate.now(ZoneOffset.UTC)));
    }
}
