package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.transformer.FineTuning.Taught;
import dev.hone.connectors.local.transformer.Observation;
import dev.hone.connectors.local.transformer.Token;
import java.util.List;
import java.util.Optional;

/**
 * One sequence to learn: from the observations (and the draft) to a critique and a program.
 *
 * @param observations one for each visible example
 * @param draft the program to criticise and correct; empty for a generator
 * @param critique the token that a critic should write; ignored without a draft
 * @param told the critique that the editor is given, right or not; ignored without a draft
 * @param program the answer
 */
record TrainingExample(
        List<Observation> observations, Optional<Program> draft, int critique, int told, Program program) {

    /** From a task's examples to its program, as a generator learns it. */
    static TrainingExample of(Task task) {
        return of(task.examples(), task.program());
    }

    /** From a task's examples to the program that is taught as its answer. */
    static TrainingExample of(Taught taught) {
        return of(taught.task(), taught.program());
    }

    private static TrainingExample of(List<Example> examples, Program program) {
        return new TrainingExample(
                examples.stream().map(Observation::unseen).toList(),
                Optional.empty(),
                Token.NOTHING,
                Token.NOTHING,
                program);
    }
}
