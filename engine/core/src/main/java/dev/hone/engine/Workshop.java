package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Prices;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.RateLimits;
import dev.hone.dsl.Reading;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Vocabulary;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.WorkflowChecks;
import dev.hone.dsl.WorkflowReader;
import dev.hone.dsl.use.Expansion;
import dev.hone.dsl.use.Library;
import dev.hone.engine.compile.Compiler;
import dev.hone.engine.compile.Controls;
import dev.hone.engine.compile.Program;
import dev.hone.engine.policy.Outcome;
import dev.hone.engine.policy.Policies;
import dev.hone.engine.policy.Policy;
import dev.hone.engine.rules.RuleBook;
import dev.hone.engine.work.Embedders;
import dev.hone.engine.work.Models;
import dev.hone.engine.work.Prompts;
import dev.hone.engine.work.SlotValues;
import dev.hone.engine.work.Tools;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** From text to program, without a broker or a ledger: what {@code hone check} and {@code hone compile} need. */
public final class Workshop {

    private final Vocabulary vocabulary;

    private final Library library = new Catalogued();

    Workshop(Tools tools, Models models, Embedders embedders, boolean trusted, Prices prices) {
        this.vocabulary =
                new Vocabulary(tools.vocabulary(), models.providers(), policies(), embedders.names(), trusted, prices);
    }

    /** What the checks need to know of the policies. */
    private static Map<String, Vocabulary.PolicyKind> policies() {
        Map<String, Vocabulary.PolicyKind> kinds = new TreeMap<>();
        for (Policy<?> policy : Policies.ALL) {
            Map<String, Vocabulary.Range> settings = new LinkedHashMap<>();
            policy.settings()
                    .forEach(setting ->
                            settings.put(setting.name(), new Vocabulary.Range(setting.least(), setting.most())));
            Vocabulary.Over over = switch (policy.over()) {
                case ARMS -> Vocabulary.Over.ARMS;
                case POOL -> Vocabulary.Over.POOL;
                case TREE -> Vocabulary.Over.TREE;
                case NOTHING -> Vocabulary.Over.NOTHING;
            };
            kinds.put(policy.kind(), new Vocabulary.PolicyKind(over, lessons(policy), settings));
        }
        return kinds;
    }

    private static Set<String> lessons(Policy<?> policy) {
        Set<String> lessons = new LinkedHashSet<>();
        if (policy.learnsFrom().contains(Outcome.Scored.class)) {
            lessons.add("score");
        }
        if (policy.learnsFrom().contains(Outcome.ScoredMany.class)) {
            lessons.add("scores");
        }
        if (policy.learnsFrom().contains(Outcome.Preferred.class)) {
            lessons.add("prefer");
        }
        return lessons;
    }

    /** With the tools and providers on the class path. It takes no rules that are code. */
    public static Workshop discovered() {
        return discovered(false, PriceLists.shipped());
    }

    /**
     * With the tools and providers on the class path.
     *
     * @param trusted whether rules in DRL, which can do anything that this process can, are taken and compiled
     * @param prices what models cost
     */
    public static Workshop discovered(boolean trusted, Prices prices) {
        return new Workshop(
                Tools.discovered(),
                Models.discovered(prices, RateLimits.NONE),
                Embedders.discovered(),
                trusted,
                prices);
    }

    /** All problems of a workflow; none when it can run. */
    public List<Problem> check(Source source) {
        return switch (sound(source)) {
            case Reading.Refused refused -> refused.problems();
            case Reading.Parsed parsed -> problems(Compiler.compile(parsed.workflow(), source.texts()));
        };
    }

    /** @throws EngineException with all problems of the workflow */
    public Program compile(Source source) {
        return compile(read(source), source);
    }

    /**
     * The control that draws independent samples; empty when the workflow's shape does not allow it.
     *
     * @throws EngineException with all problems of the workflow
     */
    public Optional<Program> compileIndependentSamples(Source source) {
        return Controls.independentSamples(read(source)).map(control -> compile(control, source));
    }

    /** The problems of models that a caller wants in the place of the file's. */
    List<Problem> checkModels(Workflow workflow, Map<String, String> models) {
        List<Problem> problems = new ArrayList<>();
        List<String> slots = workflow.slots().values().stream()
                .filter(Slot.ModelSlot.class::isInstance)
                .map(Slot::name)
                .toList();
        models.forEach((slot, model) -> {
            if (!slots.contains(slot)) {
                problems.add(Problem.of(
                        ProblemCode.UNKNOWN_SLOT,
                        "the workflow " + workflow.name() + " has no model slot " + slot + ".",
                        slots.isEmpty() ? "It has none." : "Its model slots are " + String.join(", ", slots) + "."));
            } else if (!vocabulary.providers().contains(model.substring(0, Math.max(0, model.indexOf('/'))))) {
                problems.add(Problem.of(
                        ProblemCode.UNKNOWN_PROVIDER,
                        "no provider answers to the model " + model + " for the slot " + slot + ".",
                        "Write provider/model with one of " + String.join(", ", new TreeSet<>(vocabulary.providers()))
                                + "."));
            } else if (workflow.limitsMoney()
                    && !Prices.free(model)
                    && vocabulary.prices().of(model, false).isEmpty()) {
                problems.add(Problem.at(
                        workflow.budget().where(),
                        ProblemCode.UNKNOWN_PRICE,
                        "money is limited, but the price of " + model + " for the slot " + slot + " is not known.",
                        "Add the model to a file for --prices, or use another one."));
            }
        });
        return problems;
    }

    /**
     * The problems of values that a caller wants in the place of the file's, as {@code hone run --slot} gives them and {@code
     * hone promote} keeps them.
     */
    public List<Problem> checkSlots(Workflow workflow, Map<String, JsonNode> values) {
        List<Problem> problems = new ArrayList<>();
        List<String> slots = workflow.slots().values().stream()
                .filter(Slot.ValueSlot.class::isInstance)
                .map(Slot::name)
                .toList();
        values.forEach((name, value) -> {
            if (!(workflow.slots().get(name) instanceof Slot.ValueSlot slot)) {
                problems.add(Problem.of(
                        ProblemCode.UNKNOWN_SLOT,
                        "the workflow " + workflow.name() + " has no slot " + name + " that holds a value.",
                        slots.isEmpty()
                                ? "It has none."
                                : "Its slots of values are " + String.join(", ", slots)
                                        + "; a model is given with --model."));
            } else {
                problems.addAll(SlotValues.problems(slot, value));
            }
        });
        return problems;
    }

    /**
     * The workflow with everything that it uses, as far as texts alone can say: whether its tools and models are there, and
     * whether it can end, is not asked, as where it is to run may know others.
     *
     * @throws EngineException with the problems of the texts
     */
    public Workflow parse(Source source) {
        Problems problems = new Problems();
        Workflow whole = switch (WorkflowReader.read(source.file(), source.text())) {
            case Reading.Refused refused -> throw new EngineException(refused.problems());
            case Reading.Parsed parsed -> Expansion.expand(parsed.workflow(), source.beside(), library, problems);
        };
        if (!problems.isEmpty()) {
            throw new EngineException(problems.inOrder());
        }
        return whole;
    }

    private Workflow read(Source source) {
        return switch (sound(source)) {
            case Reading.Refused refused -> throw new EngineException(refused.problems());
            case Reading.Parsed parsed -> parsed.workflow();
        };
    }

    /** The workflow with everything that it uses, when the checks find nothing. */
    private Reading sound(Source source) {
        Reading reading = WorkflowReader.read(source.file(), source.text());
        if (!(reading instanceof Reading.Parsed(Workflow written))) {
            return reading;
        }
        Problems problems = new Problems();
        Workflow whole = Expansion.expand(written, source.beside(), library, problems);
        List<Problem> found =
                new ArrayList<>(problems.isEmpty() ? WorkflowChecks.check(whole, vocabulary) : problems.inOrder());
        found.addAll(Prompts.problems(whole));
        if (found.isEmpty()) {
            found.addAll(RuleBook.problems(whole));
        }
        return found.isEmpty() ? new Reading.Parsed(whole) : new Reading.Refused(found);
    }

    private static Program compile(Workflow workflow, Source source) {
        return switch (Compiler.compile(workflow, source.texts())) {
            case Compiler.Compilation.Refused refused -> throw new EngineException(refused.problems());
            case Compiler.Compilation.Compiled compiled -> compiled.program();
        };
    }

    private static List<Problem> problems(Compiler.Compilation compilation) {
        return switch (compilation) {
            case Compiler.Compilation.Refused refused -> refused.problems();
            case Compiler.Compilation.Compiled compiled -> List.of();
        };
    }
}
