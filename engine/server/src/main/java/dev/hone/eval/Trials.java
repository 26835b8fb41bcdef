package dev.hone.eval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.RunRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What is to be run: every arm on every task with every seed.
 *
 * @param id by which the runs are found again
 * @param arms the workflow among them
 * @param tasks the inputs of each
 * @param seeds how many runs an arm has of a task, at least 1
 * @param request parameters, models, first seed and labels of all runs
 * @param parallel how many runs at a time, at least 1
 */
public record Trials(String id, List<Arm> arms, List<ObjectNode> tasks, int seeds, RunRequest request, int parallel) {

    public Trials {
        arms = List.copyOf(arms);
        tasks = List.copyOf(tasks);
    }

    public Arm workflow() {
        return arms.stream().filter(Arm::isWorkflow).findFirst().orElseThrow();
    }

    public int runs() {
        return arms.size() * tasks.size() * seeds;
    }

    /** Arm by arm, in each seed by seed. */
    public List<Unit> units() {
        return arms.stream()
                .flatMap(arm -> lanes(List.of(arm)).stream().flatMap(List::stream))
                .toList();
    }

    /**
     * The runs of some arms, in lists whose runs follow each other: where runs learn from earlier ones, those of an arm and a
     * seed; else each run is a list of its own. Seed by seed.
     */
    List<List<Unit>> lanes(List<Arm> some) {
        List<List<Unit>> lanes = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            for (Arm arm : some) {
                List<Unit> lane = new ArrayList<>();
                for (int task = 0; task < tasks.size(); task++) {
                    lane.add(new Unit(arm, seed, task));
                }
                if (learns(arm.program().workflow())) {
                    lanes.add(lane);
                } else {
                    lane.forEach(unit -> lanes.add(List.of(unit)));
                }
            }
        }
        return lanes;
    }

    /** Whether a run sees what earlier ones of its realm remember. */
    private boolean learns(Workflow workflow) {
        boolean again = new HashSet<>(tasks).size() < tasks.size();
        return workflow.memories().values().stream().anyMatch(memory -> switch (memory.scope()) {
            case GLOBAL -> true;
            case TASK -> again;
            case RUN, TRIAL -> false;
        });
    }

    /** The runs of one arm and seed share memories, and no others see them. */
    String realm(Unit unit) {
        return id + "/" + unit.arm().label() + "/" + (unit.seed() + 1);
    }
}
