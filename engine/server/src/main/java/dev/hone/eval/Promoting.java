package dev.hone.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Nearest;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Slot;
import dev.hone.engine.EngineException;
import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.SlotValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Promotes versions of a workflow's slots on evidence, and takes them back. */
public final class Promoting {

    /** How long the reasons of people may be, in characters. */
    public static final int BECAUSE = 2_000;

    private final Archive archive;
    private final Workshop workshop;
    private final Program program;
    private final Source source;

    /** @param source of the workflow as it runs now */
    public Promoting(Archive archive, Workshop workshop, Program program, Source source) {
        this.archive = archive;
        this.workshop = workshop;
        this.program = program;
        this.source = source;
    }

    /** What is to be promoted, as somebody names it. */
    public sealed interface Wish {

        /** Whatever the arm used for a slot. */
        record Used(String slot) implements Wish {}

        /** A value for a slot that holds one. */
        record Value(String slot, JsonNode value) implements Wish {}

        /** The same as a word of a command line. */
        record Word(String slot, String value) implements Wish {}

        /** {@code provider/model} for a slot that holds a model. */
        record Model(String slot, String model) implements Wish {}

        /** What a run found for a slot. */
        record FromRun(String slot, String run) implements Wish {}

        /** Another text in the place of the workflow's. */
        record Whole(Source source) implements Wish {}
    }

    // --- what is to be promoted

    /** @throws EngineException when the workflow has no such slot, or it cannot hold that */
    public Candidate candidate(Wish wish) {
        return switch (wish) {
            case Wish.Used(String slot) ->
                new Candidate.ForSlot(replaceable(slot).name(), Optional.empty());
            case Wish.Value(String slot, JsonNode value) -> held(value(slot), value);
            case Wish.Word(String slot, String word) -> {
                Slot.ValueSlot known = value(slot);
                yield held(known, Json.read(SlotValues.parse(known, word).toString()));
            }
            case Wish.Model(String slot, String model) -> {
                if (!(replaceable(slot) instanceof Slot.ModelSlot)) {
                    throw refused("the slot " + slot + " holds a value, not a model.", "Give the value.");
                }
                yield new Candidate.ForSlot(slot, Optional.of(Json.node(model)));
            }
            case Wish.FromRun(String slot, String run) -> {
                Slot known = replaceable(slot);
                JsonNode value = found(slot, run);
                if (known instanceof Slot.ValueSlot kept) {
                    yield held(kept, value);
                }
                if (value.isObject()) {
                    throw refused(
                            "the run " + run + " has trained the model of the slot " + slot
                                    + ", and only a model that has a name is promoted.",
                            "Let each run train it, or promote another model by its name.");
                }
                yield new Candidate.ForSlot(slot, Optional.of(value));
            }
            case Wish.Whole(Source other) -> new Candidate.Whole(workshop.compile(other), other);
        };
    }

    /** A slot that another version can be promoted for. */
    private Slot replaceable(String name) {
        Slot slot = program.workflow().slots().get(name);
        return switch (slot) {
            case Slot.ModelSlot model -> model;
            case Slot.ValueSlot value -> value;
            case Slot.ScorerSlot scorer -> throw fixed(name);
            case Slot.ToolSlot tool -> throw fixed(name);
            case null ->
                throw new EngineException(List.of(Problem.of(
                        ProblemCode.NOT_FOUND,
                        "there is no slot '" + name + "'.",
                        Nearest.to(name, program.workflow().slots().keySet())
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("The workflow " + program.name() + " has "
                                        + (program.workflow().slots().isEmpty()
                                                ? "none"
                                                : String.join(
                                                        ", ",
                                                        program.workflow()
                                                                .slots()
                                                                .keySet()))
                                        + "."))));
        };
    }

    private static EngineException fixed(String slot) {
        return new EngineException(List.of(Problem.of(
                ProblemCode.UNKNOWN_SLOT,
                "the slot " + slot + " holds a tool, and only models and values are promoted.",
                "Promote the whole workflow.")));
    }

    private Slot.ValueSlot value(String name) {
        if (replaceable(name) instanceof Slot.ValueSlot value) {
            return value;
        }
        throw refused("the slot " + name + " holds a model, not a value.", "Give the model.");
    }

    private Candidate held(Slot.ValueSlot slot, JsonNode value) {
        List<Problem> problems = workshop.checkSlots(program.workflow(), Map.of(slot.name(), value));
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        return new Candidate.ForSlot(slot.name(), Optional.of(value));
    }

    private JsonNode found(String slot, String run) {
        if (archive.run(run).isEmpty()) {
            throw notFound("there is no run " + run + " " + archive.place() + ".", "List those there are.");
        }
        return SlotValues.found(archive.events(run), slot)
                .orElseThrow(() -> notFound(
                        "the run " + run + " found no other value for the slot " + slot + ".",
                        "Choose a run that sets it, and keeps what it set."));
    }

    // --- whether it is

    /**
     * What is to show a gain.
     *
     * @param arm with the candidate; the only one that was tried if it is not said
     * @param against the arm that is how the workflow runs now
     * @param alpha how often, at most, something is promoted that is no better: above 0, at most 0.5
     */
    public record Basis(Evidence evidence, Optional<String> arm, String against, double alpha) {}

    /**
     * A version that evidence speaks for.
     *
     * @param promotion with no number yet
     */
    public record Proposal(Promotion promotion, Gain gain) {}

    /** @throws EngineException when the evidence is none, or does not show a gain: then with how much is missing */
    public Proposal propose(Candidate candidate, Basis basis, Optional<String> fromRun, Promotion.Act act) {
        if (!(basis.alpha() > 0 && basis.alpha() <= 0.5)) {
            throw refused("alpha is " + basis.alpha() + ".", "Give a level above 0, at most 0.5.");
        }
        if (act.because().length() > BECAUSE) {
            throw refused(
                    "the reason has " + act.because().length() + " characters.", "Give it at most " + BECAUSE + ".");
        }
        Evidence evidence = basis.evidence();
        String tried = basis.arm().orElseGet(evidence::onlyCandidate);
        Evidence.Shown shown = evidence.test(program, source, candidate, tried, basis.against(), basis.alpha());
        Gain gain = shown.gain();
        if (!gain.shown()) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.NOT_SHOWN,
                    "the gain is not shown: on " + gain.metric() + ", " + tried + " is " + gain.words() + " over "
                            + basis.against() + " on "
                            + Words.count(gain.difference().tasks(), "task") + " with "
                            + Words.count(evidence.measured().seeds(), "seed") + "; the e-value is "
                            + gain.evidence() + ".",
                    gain.advice())));
        }
        Promotion promotion = new Promotion(
                program.name(),
                source.hash(),
                candidate instanceof Candidate.ForSlot one ? one.slot() : Promotion.WHOLE,
                0,
                shown.content().toString(),
                new Promotion.Evidence(
                        evidence.hash(),
                        tried,
                        basis.against(),
                        gain.metric(),
                        gain.difference().mean(),
                        gain.difference().interval().low(),
                        gain.difference().interval().high(),
                        gain.eValue(),
                        gain.needed(),
                        basis.alpha(),
                        gain.difference().tasks(),
                        evidence.measured().seeds()),
                fromRun,
                act,
                Optional.empty());
        return new Proposal(promotion, gain);
    }

    /** Lets runs that start from now on begin with it. @return it with its number */
    public Promotion promote(Proposal proposal) {
        return archive.promote(proposal.promotion());
    }

    // --- taking back

    /**
     * The version that holds for a slot of the text.
     *
     * @param slot {@link Promotion#WHOLE} for the text that has taken its place
     * @throws EngineException when none does
     */
    public Promotion holding(String slot) {
        return archive.holding(source).stream()
                .filter(promotion -> promotion.slot().equals(slot))
                .findFirst()
                .orElseThrow(() -> notFound(
                        (slot.equals(Promotion.WHOLE) ? "no other text" : "no version of the slot " + slot)
                                + " is promoted for the workflow " + program.name() + " as it is now.",
                        "List the versions that were promoted."));
    }

    /** Takes a version back, so that what held before it holds again. @return it as it is then */
    public Promotion rollBack(Promotion holding, Promotion.Act act, boolean dry) {
        if (!dry && !archive.rollBack(holding, act)) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.CONFLICT,
                    "somebody else has taken version " + holding.version() + " back meanwhile.",
                    "List the versions, and look at which one holds.")));
        }
        return new Promotion(
                holding.workflow(),
                holding.source(),
                holding.slot(),
                holding.version(),
                holding.content(),
                holding.evidence(),
                holding.fromRun(),
                holding.act(),
                Optional.of(act));
    }

    private static EngineException refused(String what, String fix) {
        return new EngineException(List.of(Problem.of(ProblemCode.INPUT_TYPE, what, fix)));
    }

    private static EngineException notFound(String what, String fix) {
        return new EngineException(List.of(Problem.of(ProblemCode.NOT_FOUND, what, fix)));
    }
}
