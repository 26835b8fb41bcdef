package dev.hone.dsl.use;

import dev.hone.dsl.Rule;
import dev.hone.dsl.Workflow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file that is another workflow: what it says itself comes first, the rest is the other's. */
final class Inherited {

    private Inherited() {}

    static Workflow of(Workflow file, Workflow used) {
        Map<Workflow.Resource, dev.hone.dsl.Expression> limits = new EnumMap<>(Workflow.Resource.class);
        limits.putAll(used.budget().limits());
        limits.putAll(file.budget().limits());
        boolean measures =
                !file.measure().checks().isEmpty() || !file.measure().report().isEmpty();
        return new Workflow(
                file.name(),
                both(used.inputs(), file.inputs()),
                both(used.params(), file.params()),
                both(used.slots(), file.slots()),
                both(used.pools(), file.pools()),
                both(used.memories(), file.memories()),
                both(used.policies(), file.policies()),
                new Workflow.Budget(limits, file.budget().where()),
                used.flow(),
                rules(file.rules(), used.rules()),
                file.ruleFiles(),
                measures ? file.measure() : used.measure(),
                file.controls().isEmpty() ? used.controls() : file.controls(),
                file.result().or(used::result),
                Optional.empty(),
                file.where());
    }

    /** The used workflow's entries in their order, the file's own in their place or behind. */
    private static <T> Map<String, T> both(Map<String, T> used, Map<String, T> own) {
        Map<String, T> all = new LinkedHashMap<>(used);
        all.putAll(own);
        return all;
    }

    /** The file's rules come first: they decide. A rule of the same id takes the place of the other. */
    private static List<Rule> rules(List<Rule> own, List<Rule> used) {
        List<Rule> rules = new ArrayList<>(own);
        used.stream()
                .filter(rule -> own.stream().noneMatch(other -> other.id().equals(rule.id())))
                .forEach(rules::add);
        return List.copyOf(rules);
    }
}
