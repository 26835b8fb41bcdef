package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;

import dev.hone.dsl.Workflow;
import dev.hone.dsl.yaml.Yaml;
import java.util.List;

/** Where artifacts are kept. */
final class PoolGrammar {

    static final Form FORM = new Form.Keyed(
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
                    optional("score", Form.TEXT, "The scorer slot that scores every artifact when it enters."),
                    optional(
                            "objectives",
                            new Form.Mapping("a mapping of names to numbers", 1, Naming.FIELD, Form.FEEL),
                            "What is compared besides, over 'item' and 'score', higher is better."),
                    optional("cell", Form.FEEL, "The place of 'item' in a grid: each cell keeps its best."),
                    optional("capacity", Form.FEEL, "How many are kept; the worst goes first, of a queue the oldest."),
                    optional("seed", Form.FEEL, "A list: the artifacts that are there from the start.")));

    private PoolGrammar() {}

    static Workflow.Pool read(String name, Yaml yaml) {
        Fields fields = Fields.of(yaml);
        return new Workflow.Pool(
                name,
                fields.word("shape", Workflow.Shape.class).orElse(Workflow.Shape.FLAT),
                fields.word("dedupe", Workflow.Dedupe.class).orElse(Workflow.Dedupe.NONE),
                fields.optionalName("score"),
                fields.expressions("objectives"),
                fields.optionalExpression("cell"),
                fields.optionalExpression("capacity"),
                fields.optionalExpression("seed"),
                yaml.where());
    }
}
