package dev.hone.dsl.edit;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Reading;
import dev.hone.dsl.WorkflowReader;
import dev.hone.dsl.yaml.Yaml;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows that a new text is what an edit was to bring about: it can be read, says what was intended and nothing else, has
 * all comments, and every step that the edit is not about has the id it had.
 */
final class Proof {

    private final String file;
    private final Source before;
    private final Plan plan;

    private Proof(String file, Source before, Plan plan) {
        this.file = file;
        this.before = before;
        this.plan = plan;
    }

    /** @return the file as it then is */
    static Source of(String file, Source before, Plan plan) throws Refusal {
        return new Proof(file, before, plan).after();
    }

    private Source after() throws Refusal {
        if (WorkflowReader.read(file, plan.text()) instanceof Reading.Refused(var problems)) {
            boolean ids = problems.stream().allMatch(problem -> problem.code() == ProblemCode.DUPLICATE_ID);
            throw Refusal.because(
                    "With this change the file could not be read.",
                    ids ? "Choose another id." : "Change what the following problems name.",
                    problems);
        }
        Source after = Source.read(file, plan.text());
        if (!Trees.same(plan.tree(), after.page().root())) {
            throw unclear("it would change something else");
        }
        if (!sorted(plan.comments())
                .equals(sorted(
                        after.page().comments().stream().map(Page.Comment::text).toList()))) {
            throw unclear("a comment would be lost");
        }
        Map<String, String> ids = new HashMap<>();
        ids(plan.tree(), after.page().root(), after, ids);
        for (var id : ids.entrySet()) {
            if (!plan.touched().contains(id.getKey()) && !id.getKey().equals(id.getValue())) {
                throw Refusal.at(
                        before.step(id.getKey()).node().where(),
                        "The step '" + id.getKey() + "' would be called '" + id.getValue() + "' after this change.",
                        "Give it 'id: " + id.getKey() + "' first.");
            }
        }
        if (!plan.meaning().test(before, after)) {
            throw unclear("the workflow would mean something else");
        }
        return after;
    }

    /** What the steps that stood in the old file are called in the new one. */
    private void ids(Yaml intended, Yaml found, Source after, Map<String, String> ids) {
        if (intended instanceof Yaml.Fields fields && found instanceof Yaml.Fields those) {
            fields.entries().forEach((key, entry) -> {
                Yaml.Entry that = those.entries().get(key);
                if (that != null) {
                    Optional<String> id = Optional.ofNullable(before.ids().get(entry.where()));
                    id.ifPresent(was -> ids.put(was, after.ids().getOrDefault(that.where(), "")));
                    ids(entry.value(), that.value(), after, ids);
                }
            });
        } else if (intended instanceof Yaml.Items items && found instanceof Yaml.Items those) {
            for (int i = 0; i < items.items().size(); i++) {
                ids(items.items().get(i), those.items().get(i), after, ids);
            }
        }
    }

    private static List<String> sorted(List<String> comments) {
        return comments.stream().sorted().toList();
    }

    private static Refusal unclear(String because) {
        return Refusal.of(
                "This change cannot be made here: " + because + ".", "Make it in the text, where the file is unusual.");
    }
}
