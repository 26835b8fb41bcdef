package dev.hone.dsl;

import dev.hone.dsl.grammar.FormCheck;
import dev.hone.dsl.grammar.PlanGrammar;
import dev.hone.dsl.yaml.Yaml;
import dev.hone.dsl.yaml.YamlParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a workflow is to be evaluated.
 *
 * @param seeds how many runs there are of a task in each arm
 * @param primary the reported name that the arms are compared on; the first one when absent
 * @param lower the reported names of which less is better
 * @param data the path, beside the plan, of the file with a task on each line
 * @param variants the arms besides the workflow and its controls, by name
 */
public record EvalPlan(
        OptionalInt seeds,
        Optional<Workflow.Name> primary,
        List<Workflow.Name> lower,
        Optional<Workflow.Name> data,
        Map<String, Variant> variants) {

    /** What holds without a plan. */
    public static final EvalPlan NONE =
            new EvalPlan(OptionalInt.empty(), Optional.empty(), List.of(), Optional.empty(), Map.of());

    public static final int MOST_SEEDS = 1_000;

    /**
     * An arm that differs from the workflow.
     *
     * @param file the path, beside the plan, of another workflow with the same inputs
     * @param params that differ, by name
     * @param models {@code provider/model} that differ, by slot
     * @param slots values that differ, by slot
     * @param on the reported name that the workflow is compared with it on; the primary one when absent
     * @param oracle whether it knows what no honest arm could know
     */
    public record Variant(
            String name,
            Optional<Workflow.Name> file,
            Map<String, Value> params,
            Map<String, Workflow.Name> models,
            Map<String, Value> slots,
            Optional<Workflow.Name> on,
            boolean oracle,
            Where where) {}

    /** What comes of reading a plan. */
    public sealed interface Listing {

        record Read(EvalPlan plan) implements Listing {}

        /** @param problems at least one, in the order of the file */
        record Refused(List<Problem> problems) implements Listing {}
    }

    /**
     * Reads a plan: {@code seeds}, {@code primary}, {@code lower}, {@code data} and
     * {@code arms: {NAME: {file, params, models, slots, on, oracle}}}.
     *
     * @param file the name to use in problems; it is not opened
     */
    public static Listing read(String file, String text) {
        Problems problems = new Problems();
        Optional<Yaml> root = YamlParser.parse(file, text, problems);
        root.ifPresent(yaml -> FormCheck.check(yaml, PlanGrammar.FORM, problems));
        if (root.isPresent() && problems.isEmpty()) {
            EvalPlan plan = PlanGrammar.read(root.get());
            PlanGrammar.check(root.get(), plan, problems);
            if (problems.isEmpty()) {
                return new Listing.Read(plan);
            }
        }
        return new Listing.Refused(problems.inOrder());
    }
}
