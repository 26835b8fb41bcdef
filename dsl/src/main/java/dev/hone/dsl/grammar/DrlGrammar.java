package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Rule;
import dev.hone.dsl.RuleFile;
import dev.hone.dsl.Workflow;
import java.util.List;
import java.util.Optional;

/** A file of rules in Drools' own language: where it is, and what its rules may do. */
final class DrlGrammar {

    private static final Form.Keyed MAY = new Form.Keyed(
            "what rules in a file may do",
            List.of(
                    required("fact", RuleGrammar.FACT, "What comes up."),
                    required(
                            "then",
                            RuleGrammar.EFFECTS,
                            "What may happen then, besides 'flag', 'pause' and 'quarantine'.")));

    static final Form FORM = new Form.Keyed(
            "rules in a file",
            List.of(
                    required(
                            "drl",
                            new Form.Named(Naming.DRL_FILE),
                            "The DRL file, from the workflow's folder; only an engine that trusts it takes it."),
                    required("may", new Form.ListOf(MAY), "What the file's rules may do."),
                    RuleGrammar.SALIENCE));

    private DrlGrammar() {}

    static RuleFile read(Fields fields, int at) {
        Workflow.Name path = fields.name("drl");
        List<RuleFile.May> may = fields.items("may").stream()
                .map(Fields::of)
                .map(one -> new RuleFile.May(
                        path.name(),
                        one.word("fact", Rule.FactKind.class).orElseThrow(),
                        RuleGrammar.effects(one),
                        one.where()))
                .toList();
        return new RuleFile.Drl(path, may, RuleGrammar.salience(fields), at, Optional.empty());
    }
}
