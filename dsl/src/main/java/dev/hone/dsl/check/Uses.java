package dev.hone.dsl.check;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Step;
import dev.hone.dsl.Value;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Small questions that several checks ask of the records. */
final class Uses {

    private Uses() {}

    static Stream<Expression> expressions(Map<String, Value> values) {
        return values.values().stream().flatMap(Value::expressions);
    }

    /** The pool that the step reduces, when it is not a list. */
    static Optional<Workflow.Pool> pool(Step.Reduce reduce, Workflow workflow) {
        return reduce.from().feel() instanceof Feel.Name(String name)
                ? Optional.ofNullable(workflow.pools().get(name))
                : Optional.empty();
    }

    /** What kind of signal the step gives, if any. */
    static Optional<Step.SignalKind> signal(Step step) {
        return step.signal().map(Step.Signal::kind);
    }

    /** The slots that a role may stand for: the named one, or every model slot. */
    static Stream<Workflow.Name> named(Step.Role role) {
        return role instanceof Step.Role.Named(Workflow.Name slot) ? Stream.of(slot) : Stream.empty();
    }
}
