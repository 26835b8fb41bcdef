package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;

import dev.hone.dsl.EvalPlan;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.yaml.Yaml;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;

/** How a workflow is to be evaluated. */
public final class PlanGrammar {

    /** The arm that is always there. */
    private static final String WORKFLOW = "workflow";

    private static final BigDecimal TOO_MANY = BigDecimal.valueOf(EvalPlan.MOST_SEEDS + 1L);

    private static final Form.Keyed VARIANT = new Form.Keyed(
            "an arm",
            1,
            List.of(
                    optional("file", new Form.Named(Naming.WORKFLOW_FILE), "Another workflow with the same inputs."),
                    optional(
                            "params",
                            new Form.Mapping(
                                    "a mapping of parameters to values", 1, Naming.VARIABLE, new Form.Literal()),
                            "Parameters that differ."),
                    optional(
                            "models",
                            new Form.Mapping(
                                    "a mapping of model slots to models",
                                    1,
                                    Naming.VARIABLE,
                                    new Form.Named(Naming.MODEL)),
                            "Models that differ, by slot."),
                    optional(
                            "slots",
                            new Form.Mapping("a mapping of slots to values", 1, Naming.VARIABLE, Form.VALUE),
                            "Values of slots that differ: prompts, thresholds, lists."),
                    optional(
                            "on",
                            Form.TEXT,
                            "The reported name that it is compared on, where that is not the primary one."),
                    optional("oracle", Form.FLAG, "Whether it knows what no honest arm could know.")));

    public static final Form FORM = new Form.Keyed(
            "a plan",
            1,
            List.of(
                    optional("seeds", new Form.Number(1, true), "How many runs of a task in each arm."),
                    optional("primary", Form.TEXT, "The reported name that the arms are compared on."),
                    optional("lower", new Form.ListOf(Form.TEXT), "The reported names of which less is better."),
                    optional("data", new Form.Named(Naming.DATA_FILE), "The file with a task on each line."),
                    optional(
                            "arms",
                            new Form.Mapping(
                                    "a mapping of names to arms, as open-loop: {params: {replans: 0}}",
                                    1,
                                    Naming.WORKFLOW,
                                    VARIANT),
                            "The arms besides the workflow and its controls.")));

    private PlanGrammar() {}

    public static EvalPlan read(Yaml file) {
        Fields plan = Fields.of(file);
        return new EvalPlan(
                plan.number("seeds")
                        .map(seeds -> OptionalInt.of(seeds.min(TOO_MANY).intValueExact()))
                        .orElse(OptionalInt.empty()),
                plan.optionalName("primary"),
                plan.items("lower").stream().map(Fields::nameOf).toList(),
                plan.optionalName("data"),
                plan.fields("arms").mapped((name, yaml) -> {
                    Fields arm = Fields.of(yaml);
                    return new EvalPlan.Variant(
                            name,
                            arm.optionalName("file"),
                            arm.values("params"),
                            arm.fields("models").mapped((slot, model) -> Fields.nameOf(model)),
                            arm.values("slots"),
                            arm.optionalName("on"),
                            arm.flag("oracle"),
                            plan.fields("arms").keyWhere(name));
                }));
    }

    /** What the form alone does not say. */
    public static void check(Yaml file, EvalPlan plan, Problems problems) {
        if (plan.seeds().orElse(0) > EvalPlan.MOST_SEEDS) {
            problems.add(
                    Fields.of(file).yaml("seeds").where(),
                    ProblemCode.WRONG_TYPE,
                    "There are at most " + EvalPlan.MOST_SEEDS + " seeds.",
                    "Give a smaller number.");
        }
        plan.variants().values().forEach(arm -> {
            if (arm.name().equals(WORKFLOW)) {
                problems.add(
                        arm.where(),
                        ProblemCode.BAD_NAME,
                        "The arm 'workflow' is the workflow itself.",
                        "Call this one something else.");
            }
            if (arm.file().isEmpty()
                    && arm.params().isEmpty()
                    && arm.models().isEmpty()
                    && arm.slots().isEmpty()) {
                problems.add(
                        arm.where(),
                        ProblemCode.MISSING_KEY,
                        "The arm '" + arm.name() + "' does not differ from the workflow.",
                        "Give it a 'file', 'params', 'models' or 'slots'.");
            }
        });
    }
}
