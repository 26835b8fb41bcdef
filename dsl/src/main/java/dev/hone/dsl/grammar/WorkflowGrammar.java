package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.Workflow.Control;
import dev.hone.dsl.Workflow.Resource;
import dev.hone.dsl.yaml.Yaml;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The keys of a file. */
public final class WorkflowGrammar {

    private static final Form POOL = new Form.Keyed(
            "a pool",
            List.of(
                    optional(
                            "shape",
                            new Form.Word(Fields.words(Workflow.Shape.class)),
                            "How artifacts are related; 'flat' when absent."),
                    optional(
                            "dedupe",
                            new Form.Word(Fields.words(Workflow.Dedupe.class)),
                            "'exact' keeps one of equal artifacts; 'none' (when absent) keeps all."),
                    optional("score", Form.TEXT, "The scorer slot that scores every artifact when it enters.")));

    private static final Form BUDGET = new Form.Keyed(
            "the budget",
            List.of(
                    optional("calls", Form.FEEL, "The most model calls."),
                    optional("tokens", Form.FEEL, "The most tokens, read and written."),
                    optional("money", Form.FEEL, "The most US dollars."),
                    optional(
                            "time", new Form.Time(), "The longest wall time, such as PT10M, or a number of seconds.")));

    public static final Form FORM = new Form.Keyed(
            "a workflow",
            List.of(
                    required("hone", new Form.Word(List.of("1")), "The version of the language: 1."),
                    required(
                            "name",
                            new Form.Named(Naming.WORKFLOW),
                            "The workflow's name: lower case words joined by '-'."),
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
                            new Form.Mapping("a mapping of names to pools", 0, Naming.VARIABLE, POOL),
                            "Where artifacts are kept with their parents and scores."),
                    optional("budget", BUDGET, "The most that one run may use."),
                    required("flow", Verbs.STEPS, "The steps, in order."),
                    optional("rules", new Form.ListOf(RuleGrammar.FORM), "What stops, skips or redirects the flow."),
                    optional("measure", MeasureGrammar.FORM, "What is measured when the run has ended."),
                    optional(
                            "controls",
                            new Form.ListOf(new Form.Word(Fields.words(Control.Kind.class))),
                            "The placebo arms that a comparison runs at the same budget."),
                    optional(
                            "result",
                            Form.TEXT,
                            "The pool whose best artifact the run returns; may be absent when there is one pool.")));

    private WorkflowGrammar() {}

    /** @param root in the form of {@link #FORM} */
    public static Workflow read(Yaml root, Problems problems) {
        Fields file = Fields.of(root);
        StepIds ids = StepIds.of(file.items("flow"), problems);
        return new Workflow(
                file.text("name"),
                file.fields("input").mapped(TypeGrammar::input),
                file.values("params"),
                file.fields("slots").mapped(SlotGrammar::read),
                file.fields("pools").mapped(WorkflowGrammar::pool),
                budget(file),
                Verbs.readAll(file.items("flow"), ids),
                RuleGrammar.readAll(file.items("rules"), problems),
                MeasureGrammar.read(file, root.where()),
                file.items("controls").stream().map(WorkflowGrammar::control).toList(),
                file.optionalName("result"),
                root.where());
    }

    private static Workflow.Pool pool(String name, Yaml yaml) {
        Fields fields = Fields.of(yaml);
        return new Workflow.Pool(
                name,
                fields.word("shape", Workflow.Shape.class).orElse(Workflow.Shape.FLAT),
                fields.word("dedupe", Workflow.Dedupe.class).orElse(Workflow.Dedupe.NONE),
                fields.optionalName("score"),
                yaml.where());
    }

    private static Workflow.Budget budget(Fields file) {
        Fields fields = file.fields("budget");
        Map<Resource, Expression> limits = new EnumMap<>(Resource.class);
        fields.optionalExpression("calls").ifPresent(most -> limits.put(Resource.CALLS, most));
        fields.optionalExpression("tokens").ifPresent(most -> limits.put(Resource.TOKENS, most));
        fields.optionalExpression("money").ifPresent(most -> limits.put(Resource.MONEY, most));
        if (fields.has("time")) {
            Yaml.Scalar time = fields.scalar("time");
            limits.put(Resource.SECONDS, ExpressionText.seconds(time).orElseGet(() -> ExpressionText.read(time)));
        }
        return new Workflow.Budget(limits, file.has("budget") ? fields.where() : file.where());
    }

    private static Control control(Yaml yaml) {
        String word = ((Yaml.Scalar) yaml).text();
        return new Control(Control.Kind.valueOf(word.toUpperCase(java.util.Locale.ROOT)), yaml.where());
    }
}
