package dev.hone.dsl.check;

import dev.hone.dsl.Vocabulary;
import dev.hone.dsl.Workflow;
import java.util.List;

/**
 * What the checks look at.
 *
 * @param flow where each step stands
 * @param uses every expression, with the names it may read
 */
public record Subject(Workflow workflow, Vocabulary vocabulary, FlowIndex flow, List<Use> uses) {

    public static Subject of(Workflow workflow, Vocabulary vocabulary) {
        FlowIndex flow = FlowIndex.of(workflow.flow());
        return new Subject(workflow, vocabulary, flow, Scopes.of(workflow, vocabulary, flow));
    }
}
