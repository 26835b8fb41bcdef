package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.yaml.Yaml;
import java.util.List;

/** What is measured after the end of a run. */
final class MeasureGrammar {

    private static final Form CHECK = new Form.Keyed(
            "a sealed check",
            List.of(
                    required(
                            "exec",
                            new Form.Keyed("the 'exec' of a sealed check", List.of(ExecVerb.TOOL, ExecVerb.IN)),
                            "The tool to run when the run has ended; 'result' is what the run returned."),
                    required(
                            "report",
                            new Form.Mapping(
                                    "a mapping of names to expressions over 'out', the tool's output",
                                    1,
                                    Naming.VARIABLE,
                                    Form.FEEL),
                            "The measured names, each an expression over 'out', the tool's output.")));

    static final Form FORM = new Form.Keyed(
            "'measure'",
            List.of(
                    optional("sealed", new Form.ListOf(CHECK), "Checks whose results never flow back into a run."),
                    optional("report", new Form.ListOf(Form.TEXT), "The columns that a report shows.")));

    private MeasureGrammar() {}

    static Workflow.Measure read(Fields workflow, Where absent) {
        Fields fields = workflow.fields("measure");
        return new Workflow.Measure(
                fields.items("sealed").stream().map(MeasureGrammar::check).toList(),
                fields.items("report").stream().map(Fields::nameOf).toList(),
                workflow.has("measure") ? fields.where() : absent);
    }

    private static Workflow.Check check(Yaml yaml) {
        Fields fields = Fields.of(yaml);
        Fields exec = fields.fields("exec");
        return new Workflow.Check(exec.name("tool"), exec.values("in"), fields.expressions("report"), yaml.where());
    }
}
