package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;

import dev.hone.dsl.Workflow;
import dev.hone.dsl.yaml.Yaml;
import java.util.List;

/** What later steps, rounds or runs are to know. */
final class MemoryGrammar {

    static final Form FORM = new Form.Keyed(
            "a memory",
            List.of(
                    optional(
                            "scope",
                            new Form.Word(Fields.words(Workflow.MemoryScope.class)),
                            "Who sees it: until a restart ('trial'), this run ('run', when absent), all runs with the same inputs ('task'), all runs of the workflow ('global')."),
                    optional("window", Form.FEEL, "How many items a recall gives, the latest; all when absent."),
                    optional("capacity", Form.FEEL, "How many items are kept; the oldest goes first."),
                    optional("embed", Form.TEXT, "The embedder by which 'recall: {like: ...}' finds similar items.")));

    private MemoryGrammar() {}

    static Workflow.Memory read(String name, Yaml yaml) {
        Fields fields = Fields.of(yaml);
        return new Workflow.Memory(
                name,
                fields.word("scope", Workflow.MemoryScope.class).orElse(Workflow.MemoryScope.RUN),
                fields.optionalExpression("window"),
                fields.optionalExpression("capacity"),
                fields.optionalName("embed"),
                yaml.where());
    }
}
