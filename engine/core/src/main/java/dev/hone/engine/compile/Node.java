package dev.hone.engine.compile;

import java.util.List;

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

    /** An event sub-process that interrupts everything. */
    record Interruption(String id, String label, Block body) implements Node {}

    /** An error boundary event. */
    record Boundary(String id, String label, String attachedTo, String errorCode) implements Node {}

    record Local(String variable, String initial) {}

    /** What starts a process or an event sub-process. */
    sealed interface Trigger {
        record Called() implements Trigger {}

        record Error(String code) implements Trigger {}

        /** @param duration a FEEL expression of a duration */
        record Timer(String duration) implements Trigger {}
    }
}
