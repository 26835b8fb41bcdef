package dev.hone.server;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Deployed;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.server.security.Allowed;
import dev.hone.server.security.Caller;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a caller's tenant has, as far as their key is for it. What is another's is not there. */
@Singleton
public final class Own {

    private final Engine engine;
    private final Allowed allowed;

    Own(Engine engine, Allowed allowed) {
        this.engine = engine;
        this.allowed = allowed;
    }

    /** A version of a workflow that may be looked at. @param version the latest when null */
    public Deployed workflow(Caller caller, String name, @Nullable Integer version) {
        caller.requireUse(name);
        return engine.deployments().get(caller.tenant(), name, Optional.ofNullable(version));
    }

    /** One that may run, too, as the operator's settings are now. */
    public Deployed runnable(Caller caller, String name, @Nullable Integer version) {
        Deployed deployed = workflow(caller, name, version);
        allowed.require(deployed.program());
        return deployed;
    }

    public RunRecord run(Caller caller, String id) {
        RunRecord run = engine.run(caller.tenant(), id);
        caller.requireUse(run.workflow());
        return run;
    }

    /**
     * The workflow that a list is to be of, when it has to be of one.
     *
     * @param asked null for all
     * @throws EngineException when a key that is for some workflows asks for the things of all
     */
    public @Nullable String listed(Caller caller, @Nullable String asked) {
        if (asked != null) {
            caller.requireUse(asked);
            return asked;
        }
        if (caller.workflows().isEmpty()) {
            return null;
        }
        if (caller.workflows().get().size() == 1) {
            return caller.workflows().get().iterator().next();
        }
        throw new EngineException(List.of(Problem.of(
                ProblemCode.NOT_ALLOWED,
                "this key is for some workflows, and their things are listed one workflow at a time.",
                "Say which with workflow=NAME.")));
    }
}
