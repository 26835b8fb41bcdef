package dev.hone.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.engine.compile.Certifier;
import dev.hone.engine.compile.Params;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.KeyedRun;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.RequestKey;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.Inputs;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import dev.hone.engine.zeebe.ZeebeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks what is asked to be run, keeps it, and begins it, now or as soon as the broker answers. */
final class Starter {

    private static final System.Logger LOG = System.getLogger(Starter.class.getName());

    private final Ledger ledger;
    private final Workshop workshop;
    private final Promotions promotions;
    private final Instances instances;

    Starter(Ledger ledger, Workshop workshop, Promotions promotions, Instances instances) {
        this.ledger = ledger;
        this.workshop = workshop;
        this.promotions = promotions;
        this.instances = instances;
    }

    /** @return the run's id; that of the run that there is when the request has the key of an earlier one */
    String start(Program program, RunRequest request) {
        Queries.checkName("the name of the tenant", request.tenant());
        request.key().ifPresent(key -> Queries.checkName("the key of the request", key));
        List<Problem> problems = new ArrayList<>(Inputs.check(program.workflow(), request.inputs()));
        Map<String, @Nullable Object> params = Params.of(program.workflow(), request.params(), problems);
        if (problems.isEmpty()) {
            Certifier.certify(program.workflow(), params, problems);
        }
        Promoted start =
                Promoted.of(promotions.holding(request.tenant(), program), program, request.models(), request.slots());
        problems.addAll(workshop.checkModels(program.workflow(), start.models()));
        problems.addAll(workshop.checkSlots(program.workflow(), request.slots()));
        // The control of independent samples asks nobody.
        if (program.workflow().steps().anyMatch(Step.Human.class::isInstance)) {
            request.person().ifPresent(file -> problems.addAll(file.person().check(program.workflow())));
        }
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        ObjectNode values = (ObjectNode) Json.node(params);
        RunSetup asked = setup(request, values, new Promoted(request.models(), request.slots(), Map.of()));
        return create(program, setup(request, values, start), key(program, request, asked));
    }

    /** Keeps a run and begins it. */
    String create(Program program, RunSetup setup, Optional<RequestKey> key) {
        RunRecord run = new RunRecord(newId(), program.name(), program.hash(), setup.json(), ledger.now());
        return instances.alone(run.id(), () -> {
            if (key.isPresent()) {
                KeyedRun kept = ledger.createRun(run, key.get());
                if (!kept.request().equals(key.get().request())) {
                    throw keyReused(key.get().key());
                }
                if (!kept.run().equals(run.id())) {
                    // On a shared database its maker starts it, and if that has ended, the sweep.
                    return ledger.database().shared()
                            ? kept.run()
                            : instances.alone(kept.run(), () -> begin(kept.run(), program));
                }
            } else {
                ledger.createRun(run);
            }
            return begin(run.id(), program);
        });
    }

    /** A run that is kept is not lost when the broker does not hear of it: the sweep begins it. */
    String begin(String run, Program program) {
        try {
            instances.begin(run, program.hash());
        } catch (ZeebeException.Unreachable e) {
            LOG.log(System.Logger.Level.WARNING, "the run {0} is kept and begins later: {1}", run, e.getMessage());
        }
        return run;
    }

    /** Sortable by time: base 36 of the milliseconds, and chance. */
    static String newId() {
        long chance = UUID.randomUUID().getMostSignificantBits() >>> 40;
        return Long.toString(System.currentTimeMillis(), 36) + "-" + Long.toString(chance, 36);
    }

    private static RunSetup setup(RunRequest request, ObjectNode params, Promoted start) {
        return new RunSetup(
                request.inputs(),
                params,
                start.models(),
                start.slots(),
                start.versions(),
                request.seed(),
                request.labels(),
                request.feedbackFrom(),
                request.control(),
                Optional.empty(),
                request.realm(),
                request.person(),
                Optional.empty());
    }

    /**
     * What a request is, so that the same key for another can be refused. The promoted versions that it begins with are not
     * part of it, as they may change between two calls.
     */
    private static Optional<RequestKey> key(Program program, RunRequest request, RunSetup asked) {
        return request.key().map(key -> new RequestKey(key, Sha256.of(program.hash(), Json.sorted(Json.node(asked)))));
    }

    private static EngineException keyReused(String key) {
        return Queries.problem(
                ProblemCode.KEY_REUSED,
                "the key '" + key + "' was used for another request.",
                "Use a key of its own for each request, and the same key only to make the same request again.");
    }
}
