package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;
import java.util.Optional;

final class ExecVerb implements Verb {

    static final Form.Key TOOL = required("tool", Form.TEXT, "The tool to run, or a tool slot.");
    private static final Form.Key TAKE =
            optional("take", Form.FEEL, "What the step gives of 'out', the tool's output; all of it when absent.");
    static final Form.Key IN = optional("in", CallVerb.INPUTS, "The tool's inputs, by name.");

    @Override
    public String name() {
        return "exec";
    }

    @Override
    public String says() {
        return "Runs a tool.";
    }

    @Override
    public Form form() {
        return new Form.Keyed(
                "'exec'", List.of(TOOL, IN, TAKE, CallVerb.OUT, CallVerb.AS, CallVerb.INTO, CallVerb.PARENT, ID));
    }

    @Override
    public Optional<String> idFrom() {
        return Optional.of("out");
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        return new Step.Exec(
                step.id(),
                fields.name("tool"),
                fields.values("in"),
                fields.optionalExpression("take"),
                fields.optionalName("out"),
                SignalGrammar.read(fields),
                CallVerb.entry(fields),
                step.where());
    }
}
