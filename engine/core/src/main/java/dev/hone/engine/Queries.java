package dev.hone.engine;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ledger.Cursor;
import dev.hone.engine.ledger.Database;
import dev.hone.engine.ledger.RunQuery;
import java.util.List;
import java.util.Optional;

/** What can be wrong with what a caller asks. */
final class Queries {

    /** The most events that are given at a time. */
    static final int MOST_EVENTS = 10_000;

    /** The longest name that a caller gives: of a tenant, a person, a request; in characters. */
    static final int NAME = 200;

    private Queries() {}

    static void checkName(String what, String name) {
        if (name.isEmpty() || name.length() > NAME) {
            throw problem(
                    ProblemCode.INPUT_TYPE,
                    what + " has " + name.length() + " characters.",
                    "Give it 1 to " + NAME + ".");
        }
    }

    /** The limit and the cursor of a list. */
    static void check(int limit, Optional<String> after) {
        if (limit < 1 || limit > RunQuery.MOST) {
            throw problem(
                    ProblemCode.INPUT_TYPE,
                    "a page has 1 to " + RunQuery.MOST + " entries, not " + limit + ".",
                    "Ask for the next page with the cursor of this one.");
        }
        if (after.isPresent() && after.flatMap(Cursor::parse).isEmpty()) {
            throw problem(
                    ProblemCode.INPUT_TYPE,
                    "the cursor is not one that a page came with.",
                    "Use the cursor of the page before as it is, or none for the first page.");
        }
    }

    static void checkEvents(long after, int limit) {
        if (after < 0 || limit < 1 || limit > MOST_EVENTS) {
            throw problem(
                    ProblemCode.INPUT_TYPE,
                    "there are no " + limit + " events after the number " + after + ".",
                    "Give the number of the last event that you know, or 0, and a limit from 1 to " + MOST_EVENTS
                            + ".");
        }
    }

    static EngineException noRun(String run, Database database) {
        return problem(
                ProblemCode.NOT_FOUND,
                "there is no run " + run + " in " + (database.shared() ? database.place() : "this data directory")
                        + ".",
                "List the runs, or name the data directory or database that the run was started in.");
    }

    static EngineException problem(ProblemCode code, String what, String fix) {
        return new EngineException(List.of(Problem.of(code, what, fix)));
    }
}
