package dev.hone.dsl.use;

import dev.hone.dsl.Problems;
import dev.hone.dsl.Rule;
import dev.hone.dsl.RuleFile;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.grammar.TableFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the rules of a workflow's files in their place among its own. */
final class RuleFiles {

    private RuleFiles() {}

    static Workflow open(Workflow workflow, Companions companions, Problems problems) {
        if (workflow.ruleFiles().isEmpty()) {
            return workflow;
        }
        List<Rule> rules = new ArrayList<>();
        List<RuleFile> left = new ArrayList<>();
        int own = 0;
        for (RuleFile file : workflow.ruleFiles()) {
            rules.addAll(workflow.rules().subList(own, file.at()));
            own = file.at();
            Optional<String> text = companions.find(file.path().name());
            switch (file) {
                case RuleFile.Table table ->
                    text.ifPresentOrElse(
                            rows -> rules.addAll(TableFile.read(table, rows, problems)),
                            () -> problems.addAll(List.of(file.unknown())));
                case RuleFile.Drl drl ->
                    left.add(text.map(drl::with).orElse(drl).at(rules.size()));
            }
        }
        rules.addAll(workflow.rules().subList(own, workflow.rules().size()));
        return workflow.withRules(rules, left);
    }
}
