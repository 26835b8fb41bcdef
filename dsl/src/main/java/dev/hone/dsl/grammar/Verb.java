package dev.hone.dsl.grammar;

import dev.hone.dsl.Step;
import java.util.List;
import java.util.Optional;

/** One verb: what stands after its name, and how that becomes a step. Listed in {@link Verbs}. */
interface Verb {

    Form.Key ID = Form.Key.optional(
            "id", new Form.Named(Naming.ID), "Names the step, for rules and reports; unique in the file.");

    String name();

    String says();

    Form form();

    /** The keys that may stand beside the verb; what is allowed in both places is given once. */
    default List<Form.Key> beside() {
        return List.of(ID);
    }

    /** The key whose value is the step's id when it has none of its own. */
    default Optional<String> idFrom() {
        return Optional.empty();
    }

    /** @param step in the verb's form */
    Step read(StepSource step);
}
