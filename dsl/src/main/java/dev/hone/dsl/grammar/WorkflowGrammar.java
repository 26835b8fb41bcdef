package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.Workflow.Control;
import dev.hone.dsl.Workflow.Resource;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The keys of a file. */
public final class WorkflowGrammar {

    private static final List<Form.Key> SPENT = List.of(
            optional("calls", Form.FEEL, "The most model calls."),
            optional("tokens", Form.FEEL, "The most tokens, read and written."),
            optional("money", Form.FEEL, "The most US dollars."));

    /** What all rounds of a loop may spend. */
    static final Form LOOP_BUDGET = new Form.Keyed("the budget of a loop", 1, SPENT);

    private static final Form BUDGET = new Form.Keyed(
            "the budget",
            keys(
                    SPENT,
                    optional("train", Form.FEEL, "The most trainings."),
                    optional("human", Form.FEEL, "The most questions to people."),
                    optional(
                            "time", new Form.Time(), "The longest wall time, such as PT10M, or a number of seconds.")));

    private static final List<Form.Key> BEFORE = List.of(
            required("hone", new Form.Word(List.of("1")), "The version of the language: 1."),
            required("name", new Form.Named(Naming.WORKFLOW), "The workflow's name: lower case words joined by '-'."),
            optional(
                    "input",
                    new Form.Mapping("a mapping of names to types", 0, Naming.VARIABLE, TypeGrammar.INPUT),
                    "What the caller gives, each with its type."),
            optional(
                    "params",
                    new Form.Mapping("a mapping of names to values", 0, Naming.VARIABLE, new Form.Literal()),
                    "Named numbers, texts or booleans that a caller may override."),
            optional(
                    "slots",
                    new Form.Mapping("a mapping of names to slots", 0, Naming.ID, SlotGrammar.FORM),
                    "The replaceable parts: models and scorers."),
            optional(
                    "pools",
                    new Form.Mapping("a mapping of names to pools", 0, Naming.VARIABLE, PoolGrammar.FORM),
                    "Where artifacts are kept with their parents and scores."),
            optional(
                    "memory",
                    new Form.Mapping("a mapping of names to memories", 0, Naming.VARIABLE, MemoryGrammar.FORM),
                    "What later steps, rounds or runs are to know."),
            optional(
                    "policies",
                    new Form.Mapping("a mapping of names to policies", 0, Naming.VARIABLE, PolicyGrammar.FORM),
                    "What chooses what to try next, and learns from what came of it."),
            optional("budget", BUDGET, "The most that one run may use."));

    private static final List<Form.Key> AFTER = List.of(
            optional("rules", new Form.ListOf(RuleGrammar.FORM), "What stops, skips or redirects the flow."),
            optional("measure", MeasureGrammar.FORM, "What is measured when the run has ended."),
            optional(
                    "controls",
                    new Form.ListOf(new Form.Word(Fields.words(Control.Kind.class))),
                    "The placebo arms that a comparison runs at the same budget."),
            optional(
                    "result",
                    Form.TEXT,
                    "The pool whose best artifact the run returns; may be absent when there is one pool."));

    /** A file has steps of its own, or is another workflow with its parts replaced. */
    public static final Form FORM = new Form.ByKey("a workflow", kinds());

    private WorkflowGrammar() {}

    private static Map<String, Form.Keyed> kinds() {
        Form.Key flow = required("flow", Verbs.STEPS, "The steps, in order.");
        Form.Key use = required("use", Form.TEXT, "The workflow of the catalogue that this one is.");
        Form.Key with =
                optional("with", UseVerb.WITH, "What takes the place of parameters and slots of the used workflow.");
        Map<String, Form.Keyed> kinds = new LinkedHashMap<>();
        kinds.put("flow", new Form.Keyed("a workflow", around(List.of(flow))));
        kinds.put("use", new Form.Keyed("a workflow that uses another", around(List.of(use, with))));
        return kinds;
    }

    /** The keys of every file, in reading order, with those that say what it does in their place. */
    private static List<Form.Key> around(List<Form.Key> what) {
        List<Form.Key> keys = new ArrayList<>(BEFORE);
        keys.addAll(what);
        keys.addAll(AFTER);
        return List.copyOf(keys);
    }

    /** @param root in the form of {@link #FORM} */
    public static Workflow read(Yaml root, Problems problems) {
        Fields file = Fields.of(root);
        RuleGrammar.Rules rules = RuleGrammar.readAll(file.items("rules"), problems);
        StepIds ids = StepIds.of(file.items("flow"), problems);
        return new Workflow(
                file.text("name"),
                file.fields("input").mapped(TypeGrammar::input),
                file.values("params"),
                file.fields("slots").mapped(SlotGrammar::read),
                file.fields("pools").mapped(PoolGrammar::read),
                file.fields("memory").mapped(MemoryGrammar::read),
                file.fields("policies").mapped(PolicyGrammar::read),
                budget(file),
                Verbs.readAll(file.items("flow"), ids),
                rules.rules(),
                rules.files(),
                MeasureGrammar.read(file, root.where()),
                file.items("controls").stream().map(WorkflowGrammar::control).toList(),
                file.optionalName("result"),
                file.optionalName("use")
                        .map(name -> new Workflow.Reuse(
                                name, file.values("with"), file.yaml("use").where())),
                root.where());
    }

    private static List<Form.Key> keys(List<Form.Key> first, Form.Key... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }

    /** What {@link #SPENT} has keys for. */
    static Map<Resource, Expression> spent(Fields fields) {
        Map<Resource, Expression> limits = new EnumMap<>(Resource.class);
        fields.optionalExpression("calls").ifPresent(most -> limits.put(Resource.CALLS, most));
        fields.optionalExpression("tokens").ifPresent(most -> limits.put(Resource.TOKENS, most));
        fields.optionalExpression("money").ifPresent(most -> limits.put(Resource.MONEY, most));
        return limits;
    }

    private static Workflow.Budget budget(Fields file) {
        Fields fields = file.fields("budget");
        Map<Resource, Expression> limits = spent(fields);
        fields.optionalExpression("train").ifPresent(most -> limits.put(Resource.TRAININGS, most));
        fields.optionalExpression("human").ifPresent(most -> limits.put(Resource.QUESTIONS, most));
        fields.optionalSeconds("time").ifPresent(most -> limits.put(Resource.SECONDS, most));
        return new Workflow.Budget(limits, file.has("budget") ? fields.where() : file.where());
    }

    private static Control control(Yaml yaml) {
        String word = ((Yaml.Scalar) yaml).text();
        return new Control(Control.Kind.valueOf(word.toUpperCase(java.util.Locale.ROOT)), yaml.where());
    }
}
