package dev.hone.connectors.local.transformer;

import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.transformer.FineTuning.Taught;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Programs to be taught, in a part that is trained on and one that is not, by task: no task that is trained on decides when
 * to stop.
 */
public record Split(List<Taught> trained, List<Taught> heldOut) {

    /** @param part of the tasks that is held out, 0 to 0.5, rounded down to whole tasks */
    public static Split of(List<Taught> taught, double part, long seed) {
        List<List<Example>> tasks =
                new ArrayList<>(taught.stream().map(Taught::task).distinct().toList());
        Collections.shuffle(tasks, new Random(seed));
        Set<List<Example>> kept = Set.copyOf(tasks.subList(0, (int) (part * tasks.size())));
        return new Split(
                taught.stream().filter(one -> !kept.contains(one.task())).toList(),
                taught.stream().filter(one -> kept.contains(one.task())).toList());
    }
}
