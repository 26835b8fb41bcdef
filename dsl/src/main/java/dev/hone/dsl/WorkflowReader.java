package dev.hone.dsl;

import dev.hone.dsl.grammar.FormCheck;
import dev.hone.dsl.grammar.JsonSchema;
import dev.hone.dsl.grammar.WorkflowGrammar;
import dev.hone.dsl.yaml.Yaml;
import dev.hone.dsl.yaml.YamlParser;
import java.util.Optional;

/** Text to workflow, or all problems of the text. Pure and safe on any input; what names mean is left to the checks. */
public final class WorkflowReader {

    private WorkflowReader() {}

    /**
     * @param file the name to use in problems; it is not opened
     * @return the workflow, or every problem found: of YAML syntax the first, otherwise all
     */
    public static Reading read(String file, String text) {
        Problems problems = new Problems();
        Optional<Yaml> root = YamlParser.parse(file, text, problems);
        if (root.isEmpty()) {
            return refused(problems);
        }
        FormCheck.check(root.get(), WorkflowGrammar.FORM, problems);
        if (!problems.isEmpty()) {
            return refused(problems);
        }
        Workflow workflow = WorkflowGrammar.read(root.get(), problems);
        return problems.isEmpty() ? new Reading.Parsed(workflow) : refused(problems);
    }

    /** The JSON Schema of the language: {@code hone-1.schema.json}, as it is shipped. */
    public static String jsonSchema() {
        return JsonSchema.print(WorkflowGrammar.FORM);
    }

    private static Reading refused(Problems problems) {
        return new Reading.Refused(problems.inOrder());
    }
}
