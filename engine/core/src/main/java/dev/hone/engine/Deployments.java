package dev.hone.engine;

import dev.hone.dsl.ProblemCode;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.Cursor;
import dev.hone.engine.ledger.Deployment;
import dev.hone.engine.ledger.DeploymentPage;
import dev.hone.engine.ledger.Ledger;
import java.util.List;
import java.util.Optional;

/** The workflows of each tenant, by name and version. */
public final class Deployments {

    private static final int VERSIONS = 1_000;

    private final Ledger ledger;
    private final Workshop workshop;
    private final Programs programs;

    Deployments(Ledger ledger, Workshop workshop, Programs programs) {
        this.ledger = ledger;
        this.workshop = workshop;
        this.programs = programs;
    }

    /**
     * Makes a program known to the broker, and records it as the next version of a tenant's workflow, unless it is the latest.
     *
     * @param by who deploys it, 1 to 200 characters
     * @return the latest version, then
     */
    public Deployment deploy(String tenant, String by, Source source) {
        Queries.checkName("the name of the tenant", tenant);
        Queries.checkName("the name of who deploys", by);
        Program program = workshop.compile(source);
        return Failures.attempt(() -> {
            programs.deploy(program, source);
            return ledger.deploy(tenant, program.name(), program.hash(), by);
        });
    }

    /**
     * The latest versions of a tenant's workflows, by name.
     *
     * @param after the cursor of the page before; empty for the first
     * @param limit how many at the most, 1 to 200
     */
    public DeploymentPage page(String tenant, Optional<String> after, int limit) {
        Queries.check(limit, after);
        return Failures.attempt(() -> ledger.deployments(tenant, after.flatMap(Cursor::parse), limit));
    }

    /** The versions of a tenant's workflow, newest first, at most 1,000. */
    public List<Deployment> versions(String tenant, String workflow) {
        List<Deployment> versions = Failures.attempt(() -> ledger.versions(tenant, workflow, VERSIONS));
        if (versions.isEmpty()) {
            throw noWorkflow(tenant, workflow);
        }
        return versions;
    }

    /** A version of a tenant's workflow, to be started or shown. @param version the latest when empty */
    public Deployed get(String tenant, String workflow, Optional<Integer> version) {
        Deployment deployment = deployment(tenant, workflow, version);
        return Failures.attempt(() -> new Deployed(
                deployment,
                programs.program(deployment.program()),
                Source.of(ledger.program(deployment.program()).orElseThrow())));
    }

    private Deployment deployment(String tenant, String workflow, Optional<Integer> version) {
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

    private static EngineException noWorkflow(String tenant, String workflow) {
        return Queries.problem(
                ProblemCode.NOT_FOUND,
                "the tenant " + tenant + " has deployed no workflow " + workflow + ".",
                "List the deployments, or deploy it.");
    }
}
