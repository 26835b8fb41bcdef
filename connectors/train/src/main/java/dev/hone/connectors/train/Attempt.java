package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.transformer.Observation;
import dev.hone.connectors.local.transformer.Reading;
import dev.hone.connectors.local.transformer.Transformer;
import java.util.Optional;

/**
 * A task as an arm meets it.
 *
 * @param number of the task in the set
 * @param reading of its examples by the generator
 */
record Attempt(int number, Task task, Reading reading) {

    static Attempt of(int number, Task task, Transformer generator) {
        return new Attempt(
                number,
                task,
                generator.read(task.examples().stream().map(Observation::unseen).toList(), Optional.empty()));
    }
}
