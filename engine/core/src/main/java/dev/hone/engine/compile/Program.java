package dev.hone.engine.compile;

import dev.hone.dsl.Rule;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled workflow.
 *
 * @param hash SHA-256 of everything that decides a run's course, in hex
 * @param bpmn the process, with its diagram, as XML
 * @param picture the diagram as SVG
 * @param rules the rules as DRL text, for reading
 * @param activities what to do for each service task, by element id
 * @param scopes the maps and loops around each service task, outermost first
 * @param uses the used workflows around each service task, outermost first
 * @param jumps the error codes that the job of an element may raise
 * @param signals the names that signals of a kind have
 * @param sources where each element comes from
 */
public record Program(
        Workflow workflow,
        String hash,
        String bpmn,
        String picture,
        String rules,
        Certificate certificate,
        Map<String, Activity> activities,
        Map<String, List<Scope>> scopes,
        Map<String, List<String>> uses,
        Map<String, Set<String>> jumps,
        Map<Step.SignalKind, Set<String>> signals,
        Map<String, Where> sources) {

    private static final String JOB_TYPE_PREFIX = "hone-";

    /** The process variable that holds which engine does the jobs of a run; see {@link #jobType}. */
    public static final String ENGINE = "engine";

    /** The error code that ends a run from anywhere. */
    public static final String STOP = "stop";

    /** The process variable that holds the run's id. */
    public static final String RUN = "run";

    /** The process variable that holds the wall-time limit as an ISO-8601 duration. */
    public static final String WALL_TIME = "wallTime";

    /** The process variable that holds which way a gateway goes. */
    public static final String GO = "go";

    public static final String AGAIN = "again";
    public static final String LEAVE = "leave";
    public static final String THEN = "then";
    public static final String ELSE = "else";

    /** The job type of every service task: engines that share a broker never see each other's jobs. */
    public static String jobType(String engine) {
        return JOB_TYPE_PREFIX + engine;
    }

    /** The same as an expression over the variables of a run. */
    static String jobTypeExpression() {
        return "=\"" + JOB_TYPE_PREFIX + "\" + " + ENGINE;
    }

    /** The element whose job a step is, or the one that decides about it. */
    public String elementOf(String step) {
        return workflow.steps()
                .filter(known -> known.id().equals(step))
                .map(Lowering::elementOf)
                .findFirst()
                .orElseThrow();
    }

    public Step.Loop loop(String id) {
        return (Step.Loop) workflow.steps()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** What to do for the job of an element. */
    public Activity activity(String element) {
        return known(activities.get(element), element);
    }

    /** The maps and loops around an element, outermost first. */
    public List<Scope> scopesOf(String element) {
        return known(scopes.get(element), element);
    }

    /** Where in the file an element comes from; empty for what the compiler added. */
    public Optional<Where> findSource(String element) {
        return Optional.ofNullable(sources.get(element));
    }

    public Where sourceOf(String element) {
        return known(sources.get(element), element);
    }

    public Workflow.Pool pool(Workflow.Name name) {
        return known(workflow.pools().get(name.name()), name.name());
    }

    /** The id of the used workflow that the element belongs to; empty for the file's own. */
    public String useOf(String element) {
        List<String> around = uses.getOrDefault(element, List.of());
        return around.isEmpty() ? "" : around.getLast();
    }

    public Workflow.Memory memory(Workflow.Name name) {
        return known(workflow.memories().get(name.name()), name.name());
    }

    public Workflow.PolicyUse policy(String name) {
        return known(workflow.policies().get(name), name);
    }

    public Slot slot(String name) {
        return known(workflow.slots().get(name), name);
    }

    public Slot.ModelSlot model(Workflow.Name name) {
        return (Slot.ModelSlot) known(workflow.slots().get(name.name()), name.name());
    }

    public Slot.ScorerSlot scorer(Workflow.Name name) {
        return (Slot.ScorerSlot) known(workflow.slots().get(name.name()), name.name());
    }

    /** Checks and compiler have seen to it that every reference leads somewhere. */
    private static <T> T known(@Nullable T thing, String name) {
        if (thing == null) {
            throw new IllegalArgumentException("not in the program: " + name);
        }
        return thing;
    }

    public String name() {
        return workflow.name();
    }

    /** The variable into which the job of a map writes the indices of its elements. */
    public static String itemsOf(String mapId) {
        return "items_" + mapId.replace('-', '_');
    }

    /** The message that brings a person's answer to a step. */
    public static String answerTo(String step) {
        return "hone-answer-" + step;
    }

    /** The variable that holds what the answer to a person's question is correlated by. */
    public static String questionOf(String human) {
        return "question_" + human.replace('-', '_');
    }

    /** The variable that holds how long the answer to a person's question is waited for. */
    public static String patienceOf(String human) {
        return "patience_" + human.replace('-', '_');
    }

    /** The error code by which a rule leaves a loop. */
    public static String exitOf(String loop) {
        return Jump.exit(loop);
    }

    /** The error code of a rule's move; {@link #STOP} when it ends the run. */
    public static String codeOf(Rule.Effect move) {
        return switch (move) {
            case Rule.Effect.Exit exit ->
                exit.target().name().equals(RUN)
                        ? STOP
                        : Jump.exit(exit.target().name());
            case Rule.Effect.Goto go -> Jump.to(go.target().name());
            case Rule.Effect.Restart restart -> Jump.restart(restart.loop().name());
            case Rule.Effect.Resume resume -> Jump.resume(resume.step().name());
            case Rule.Effect.Escalate escalate -> Jump.to(escalate.step().name());
            case Rule.Effect.Pause pause -> STOP;
            case Rule.Effect.Skip skip -> throw notAMove(skip);
            case Rule.Effect.Accept accept -> throw notAMove(accept);
            case Rule.Effect.Prune prune -> throw notAMove(prune);
            case Rule.Effect.Rollback rollback -> throw notAMove(rollback);
            case Rule.Effect.Promote promote -> throw notAMove(promote);
            case Rule.Effect.Quarantine quarantine -> throw notAMove(quarantine);
            case Rule.Effect.Flag flag -> throw notAMove(flag);
        };
    }

    private static IllegalArgumentException notAMove(Rule.Effect effect) {
        return new IllegalArgumentException("does not move the flow: " + effect);
    }
}
