package dev.hone.server.slots;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Deployed;
import dev.hone.engine.Engine;
import dev.hone.engine.Source;
import dev.hone.engine.ledger.Deployment;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.work.Json;
import dev.hone.eval.Archive;
import dev.hone.eval.Candidate;
import dev.hone.eval.Promoting;
import dev.hone.server.audit.Audit;
import dev.hone.server.security.Allowed;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import dev.hone.server.store.EvalJobs;
import dev.hone.server.workflows.SourceText;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the slots of a workflow hold, as its latest version has them, and what may take its place. */
@Controller("/api/v1/workflows/{name}")
@Secured(Role.MAY_VIEW)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Slots")
class SlotController {

    private final Engine engine;
    private final EvalJobs jobs;
    private final Allowed allowed;
    private final Audit audit;

    SlotController(Engine engine, EvalJobs jobs, Allowed allowed, Audit audit) {
        this.engine = engine;
        this.jobs = jobs;
        this.allowed = allowed;
        this.audit = audit;
    }

    // --- what there is

    /** Lists the slots with what runs that start now begin with, and where that comes from. */
    @Get("/slots")
    List<SlotView> slots(String name, Authentication who) {
        Deployed deployed = deployed(name, who);
        List<Promotion> holding = engine.promotions().holding(Caller.of(who).tenant(), deployed.source());
        return deployed.program().workflow().slots().values().stream()
                .map(slot -> SlotView.of(slot, holding))
                .toList();
    }

    /** Lists the versions of a slot that were promoted, oldest first, those that were taken back among them. */
    @Get("/slots/{slot}/versions")
    List<PromotionView> versions(String name, String slot, Authentication who) {
        Deployed deployed = deployed(name, who);
        List<PromotionView> versions = promotions(deployed, who)
                .filter(promotion -> promotion.slot().filter(slot::equals).isPresent())
                .toList();
        if (versions.isEmpty() && !deployed.program().workflow().slots().containsKey(slot)) {
            throw Grounds.problem(
                    ProblemCode.NOT_FOUND,
                    "the workflow " + name + " has no slot " + slot + ".",
                    "List the slots that it has.");
        }
        return versions;
    }

    /** Lists all that was promoted for a workflow, oldest first: versions of slots, and whole texts. */
    @Get("/promotions")
    List<PromotionView> promotions(String name, Authentication who) {
        return promotions(deployed(name, who), who).toList();
    }

    private Stream<PromotionView> promotions(Deployed deployed, Authentication who) {
        String tenant = Caller.of(who).tenant();
        List<Promotion> holding = engine.promotions().holding(tenant, deployed.source());
        return engine.promotions().all(tenant, deployed.program().name()).stream()
                .map(promotion -> PromotionView.of(
                        promotion,
                        promotion.slot().equals(Promotion.WHOLE)
                                ? promotion.holds() && text(promotion).equals(deployed.source())
                                : holding.contains(promotion)));
    }

    // --- what takes its place

    /**
     * Lets runs begin with another version of a slot, if an evaluation shows that it is better. Otherwise nothing is promoted, and
     * the problem NOT_SHOWN says by how much that was missed.
     */
    @Post("/slots/{slot}/promote")
    @Secured(Role.MAY_ADMINISTER)
    PromotionView promote(String name, String slot, @Valid @Body Promote promote, Authentication who) {
        Caller caller = Caller.of(who);
        Deployed deployed = deployed(name, who);
        Archive archive = Archive.of(engine, caller.tenant());
        Promoting promoting = promoting(archive, deployed);
        Candidate candidate = promoting.candidate(promote.wish(slot));
        Promoting.Proposal proposal = promoting.propose(
                candidate,
                promote.evidence().basis(jobs, caller.tenant(), archive),
                Optional.ofNullable(promote.fromRun()),
                act(caller, promote.because()));
        boolean dry = Boolean.TRUE.equals(promote.dryRun());
        if (dry) {
            return PromotionView.of(proposal.promotion(), false);
        }
        Promotion promotion = promoting.promote(proposal);
        tell(caller, "slot.promote", promotion, promote.evidence());
        return PromotionView.of(promotion, true);
    }

    /** The same of a whole text, which becomes the next version of the workflow. */
    @Post("/promote")
    @Secured(Role.MAY_ADMINISTER)
    PromotionView promote(String name, @Valid @Body PromoteWhole promote, Authentication who) {
        Caller caller = Caller.of(who);
        Deployed deployed = deployed(name, who);
        Archive archive = Archive.of(engine, caller.tenant());
        Promoting promoting = promoting(archive, deployed);
        Source text = promote.source().source();
        Candidate candidate = promoting.candidate(new Promoting.Wish.Whole(text));
        if (candidate instanceof Candidate.Whole(var program, var source)) {
            if (!program.name().equals(name)) {
                throw Grounds.problem(
                        ProblemCode.INPUT_TYPE,
                        "the text is of the workflow " + program.name() + ", which cannot take the place of " + name
                                + ".",
                        "Give it the name " + name + ".");
            }
            allowed.require(program);
        }
        Promoting.Proposal proposal = promoting.propose(
                candidate,
                promote.evidence().basis(jobs, caller.tenant(), archive),
                Optional.empty(),
                act(caller, promote.because()));
        if (Boolean.TRUE.equals(promote.dryRun())) {
            return PromotionView.of(proposal.promotion(), false);
        }
        Promotion promotion = promoting.promote(proposal);
        Deployment unused = engine.deployments().deploy(caller.tenant(), caller.name(), text);
        tell(caller, "workflow.promote", promotion, promote.evidence());
        return PromotionView.of(promotion, true);
    }

    // --- taking back

    /** Takes the version of a slot that holds back, so that what held before it holds again. */
    @Post("/slots/{slot}/rollback")
    @Secured(Role.MAY_ADMINISTER)
    PromotionView rollBack(String name, String slot, @Nullable @Valid @Body Because why, Authentication who) {
        Caller caller = Caller.of(who);
        Promoting promoting = promoting(Archive.of(engine, caller.tenant()), deployed(name, who));
        Promotion back =
                promoting.rollBack(promoting.holding(slot), act(caller, why == null ? null : why.because()), false);
        tell(caller, "slot.roll-back", back, null);
        return PromotionView.of(back, false);
    }

    /** Takes the text that was promoted last back: what it has replaced becomes the next version of the workflow. */
    @Post("/rollback")
    @Secured(Role.MAY_ADMINISTER)
    PromotionView rollBack(String name, @Nullable @Valid @Body Because why, Authentication who) {
        Caller caller = Caller.of(who);
        Deployed now = deployed(name, who);
        Promotion holding = engine.promotions().all(caller.tenant(), name).reversed().stream()
                .filter(promotion -> promotion.slot().equals(Promotion.WHOLE) && promotion.holds())
                .filter(promotion -> text(promotion).equals(now.source()))
                .findFirst()
                .orElseThrow(() -> Grounds.problem(
                        ProblemCode.NOT_FOUND,
                        "the workflow " + name + " as it is now was not promoted to its place.",
                        "Deploy the text that you want."));
        Source before = engine.deployments().versions(caller.tenant(), name).stream()
                .map(version -> engine.deployments()
                        .get(caller.tenant(), name, Optional.of(version.version()))
                        .source())
                .filter(source -> source.hash().equals(holding.source()))
                .findFirst()
                .orElseThrow(() -> Grounds.problem(
                        ProblemCode.CONFLICT,
                        "the text that it has replaced was never a version of the workflow " + name + " here.",
                        "Deploy the text that you want."));
        Promotion back = promoting(Archive.of(engine, caller.tenant()), now)
                .rollBack(holding, act(caller, why == null ? null : why.because()), false);
        Deployment unused = engine.deployments().deploy(caller.tenant(), caller.name(), before);
        tell(caller, "workflow.roll-back", back, null);
        return PromotionView.of(back, false);
    }

    private void tell(Caller caller, String act, Promotion promotion, @Nullable Grounds grounds) {
        Map<String, Object> detail = new HashMap<>();
        detail.put("version", promotion.version());
        if (!promotion.slot().equals(Promotion.WHOLE)) {
            detail.put("slot", promotion.slot());
        }
        if (grounds != null && grounds.eval() != null) {
            detail.put("eval", grounds.eval());
        }
        audit.record(caller, act, promotion.workflow(), detail);
    }

    private static Source text(Promotion whole) {
        return Json.MAPPER.convertValue(Json.read(whole.content()), Source.class);
    }

    private Promoting promoting(Archive archive, Deployed deployed) {
        return new Promoting(archive, engine.workshop(), deployed.program(), deployed.source());
    }

    private static Promotion.Act act(Caller caller, @Nullable String because) {
        return new Promotion.Act(
                caller.name(), because == null ? "" : because, Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private Deployed deployed(String name, Authentication who) {
        Caller caller = Caller.of(who);
        caller.requireUse(name);
        return engine.deployments().get(caller.tenant(), name, Optional.empty());
    }

    /**
     * At most one of value, model and run; whatever the arm used if none is said.
     *
     * @param value for a slot that holds one
     * @param model {@code provider/model}, for a slot that holds a model
     * @param fromRun the run that found it
     * @param because why, for those who read the list
     * @param dryRun whether only to say what would be promoted
     */
    @Introspected
    @Schema(name = "Promote")
    record Promote(
            @NotNull @Valid Grounds evidence,
            @Nullable JsonNode value,
            @Nullable String model,
            @Nullable String fromRun,
            @Nullable @Size(max = Promoting.BECAUSE) String because,
            @Nullable Boolean dryRun) {

        private Promoting.Wish wish(String slot) {
            JsonNode given = value == null || value.isNull() ? null : value;
            if ((given != null ? 1 : 0) + (model != null ? 1 : 0) + (fromRun != null ? 1 : 0) > 1) {
                throw Grounds.problem(
                        ProblemCode.BAD_REQUEST,
                        "'value', 'model' and 'fromRun' say the same thing in several ways.",
                        "Send one of them, or none for what the arm used.");
            }
            if (given != null) {
                return new Promoting.Wish.Value(slot, Json.read(given.toString()));
            }
            if (model != null) {
                return new Promoting.Wish.Model(slot, model);
            }
            return fromRun != null ? new Promoting.Wish.FromRun(slot, fromRun) : new Promoting.Wish.Used(slot);
        }
    }

    /**
     * @param because why, for those who read the list
     * @param dryRun whether only to say what would be promoted
     */
    @Introspected
    @Schema(name = "PromoteWhole")
    record PromoteWhole(
            @NotNull @Valid Grounds evidence,
            @NotNull @Valid SourceText source,
            @Nullable @Size(max = Promoting.BECAUSE) String because,
            @Nullable Boolean dryRun) {}

    /** @param because why, for those who read the list */
    @Introspected
    @Schema(name = "Because")
    record Because(@Nullable @Size(max = Promoting.BECAUSE) String because) {}
}
