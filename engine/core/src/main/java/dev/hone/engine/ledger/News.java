package dev.hone.engine.ledger;

import java.util.Set;

/** What another process on the same database did. */
public sealed interface News {

    /** It wrote events of these kinds. */
    record Written(String run, Set<EventKind> kinds) implements News {
        public Written {
            kinds = Set.copyOf(kinds);
        }
    }

    /** It is about to cancel a run. */
    record Cancelling(String run) implements News {}

    /** It may have done anything to any run: for a while, nobody heard. */
    record Missed() implements News {}
}
