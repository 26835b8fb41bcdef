package dev.hone.dsl.use;

import dev.hone.dsl.ProblemCode;
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
        int own = 0;
        for (RuleFile file : workflow.ruleFiles()) {
            rules.addAll(workflow.rules().subList(own, file.at()));
            own = file.at();
            Optional<String> text = companions.find(file.path().name());
            if (text.isEmpty()) {
                unknown(file, problems);
                continue;
            }
            switch (file) {
                case RuleFile.Table table -> rules.addAll(TableFile.read(table, text.get(), problems));
            }
        }
        rules.addAll(workflow.rules().subList(own, workflow.rules().size()));
        return workflow.withRules(rules, List.of());
    }

    private static void unknown(RuleFile file, Problems problems) {
        problems.add(
                file.path().where(),
                ProblemCode.UNKNOWN_FILE,
                "There is no file '" + file.path().name() + "' beside the workflow.",
                "Save it there, or correct the path, which begins in the workflow's folder; a program that gives the"
                        + " workflow as a text gives the file with it.");
    }
}
