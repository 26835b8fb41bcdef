package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.transformer.Observation;
import dev.hone.connectors.local.transformer.Sampler;
import dev.hone.connectors.local.transformer.Token;
import dev.hone.connectors.local.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What an editor is told of a draft.
 *
 * @param trace what is known of the draft on each visible example
 * @param critique a critique token, or {@link Token#NOTHING}
 */
record Feedback(List<Observation> trace, int critique) {

    /** The draft's outputs and the critic's likeliest critique. */
    static Feedback of(Task task, Program draft, Transformer critic) {
        List<Observation> trace = trace(task, draft);
        Sampler greedy = new Sampler(0, new SplittableRandom(0));
        return new Feedback(trace, greedy.critique(critic.read(trace, Optional.of(draft)), draft.length()));
    }

    static List<Observation> trace(Task task, Program draft) {
        return task.examples().stream()
                .map(example -> Observation.seen(example, draft.run(example.in())))
                .toList();
    }

    /** No outputs and no critique. */
    static Feedback none(Task task) {
        return new Feedback(task.examples().stream().map(Observation::unseen).toList(), Token.NOTHING);
    }

    /** The draft's outputs without a critique. */
    Feedback withoutCritique() {
        return new Feedback(trace, Token.NOTHING);
    }

    /** This feedback, told about {@code task} although it was given for another: the placebo. */
    Feedback movedTo(Task task) {
        List<Observation> moved = new ArrayList<>();
        for (int i = 0; i < trace.size(); i++) {
            Example example = task.examples().get(i);
            moved.add(new Observation(
                    example.in(),
                    example.out(),
                    trace.get(i).got(),
                    trace.get(i).outcome()));
        }
        return new Feedback(List.copyOf(moved), critique);
    }

    Program edit(Program draft, Transformer editor, Sampler sampler) {
        return sampler.edit(editor.read(trace, Optional.of(draft)), critique).program();
    }
}
