package dev.hone.engine.compile;

import java.util.List;
import java.util.Optional;

/** One shape of the diagram. Ids are the ids of the BPMN elements. */
sealed interface Node {

    String id();

    String label();

    /** A service task: one job for the engine. */
    record Task(String id, String label) implements Node {}

    record Start(String id, String label, Trigger trigger) implements Node {}

    record End(String id, String label) implements Node {}

    /** An exclusive gateway, splitting or joining. */
    record Gateway(String id, String label) implements Node {}

    /** A throw event that sets a loop's counter to its first round. */
    record FirstRound(String id, String label, String counter) implements Node {}

    /**
     * A multi-instance sub-process.
     *
     * @param items the variable that holds the indices 1..n
     * @param index the variable that holds the index inside
     * @param locals variables that belong to each instance
     */
    record Fan(String id, String label, boolean parallel, String items, String index, List<Local> locals, Block body)
            implements Node {}

    /**
     * A user task. The engine's answer comes as a message; whoever waits too long goes on by the timer.
     *
     * @param key the variable that holds what the message is correlated by
     * @param patience the variable that holds the duration of the wait; empty when there is none
     */
    record Person(String id, String label, String key, Optional<String> patience) implements Node {
        String replied() {
            return id + ".replied";
        }

        String timedOut() {
            return id + ".timed-out";
        }
    }

    /** A call activity: the process of a used workflow. */
    record Called(String id, String label, String process) implements Node {}

    /** An event sub-process that interrupts everything. */
    record Interruption(String id, String label, Block body) implements Node {}

    record Local(String variable, String initial) {}

    /** What starts a process or an event sub-process. */
    sealed interface Trigger {
        record Called() implements Trigger {}

        record Error(String code) implements Trigger {}

        /** @param duration a FEEL expression of a duration */
        record Timer(String duration) implements Trigger {}
    }
}
