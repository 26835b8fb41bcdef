package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Cassette;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an operator may do with a run, and what not. */
final class Operations {

    private static final int BECAUSE = 2_000;
    private static final BigDecimal MOST = BigDecimal.TEN.pow(12);

    private Operations() {}

    static void checkWho(String by) {
        Queries.checkName("the name of who does it", by);
    }

    static void checkWhy(String because) {
        if (because.length() > BECAUSE) {
            throw Queries.problem(
                    ProblemCode.INPUT_TYPE,
                    "the reason has " + because.length() + " characters.",
                    "Give it at most " + BECAUSE + ".");
        }
    }

    static EngineException ended(String run, RunResult result, String fix) {
        return Queries.problem(
                ProblemCode.WRONG_STATE,
                "the run " + run + " has ended: " + result.stop().text() + ".",
                fix);
    }

    /** Whether a run can be given more. */
    static void checkRaise(String run, RunSetup setup, Optional<RunResult> end) {
        if (setup.replayOf().isPresent()) {
            throw Queries.problem(
                    ProblemCode.WRONG_STATE,
                    "the run " + run + " is a replay, which spends nothing.",
                    "Raise the budget of a run that asks models.");
        }
        end.filter(result -> switch (result.stop().kind()) {
                    case BUDGET, TIME -> false;
                    case COMPLETED, RULE, LIMIT, PAUSED, PROBLEM, CANCELLED -> true;
                })
                .ifPresent(result -> {
                    throw ended(
                            run,
                            result,
                            "The budget is raised of a run that goes on, is paused or has ended for its budget; resume"
                                    + " this one, or start another.");
                });
    }

    static void checkMore(Workflow workflow, Map<Workflow.Resource, BigDecimal> more) {
        if (more.isEmpty()) {
            throw Queries.problem(
                    ProblemCode.INPUT_TYPE, "nothing is said of how much more there is to be.", limited(workflow));
        }
        more.forEach((resource, number) -> {
            String name = name(resource);
            if (!workflow.budget().limits().containsKey(resource)) {
                throw new EngineException(List.of(Problem.at(
                        workflow.budget().where(),
                        ProblemCode.INPUT_TYPE,
                        "the workflow " + workflow.name() + " does not limit " + name + ".",
                        limited(workflow))));
            }
            boolean whole = number.stripTrailingZeros().scale() <= (resource == Workflow.Resource.MONEY ? 6 : 0);
            if (number.signum() <= 0 || number.compareTo(MOST) > 0 || !whole) {
                throw Queries.problem(
                        ProblemCode.INPUT_TYPE,
                        number.toPlainString() + " more " + name + " cannot be given.",
                        resource == Workflow.Resource.MONEY
                                ? "Give US dollars above 0, with at most six digits behind the point."
                                : "Give a whole number above 0.");
            }
        });
    }

    private static String limited(Workflow workflow) {
        List<String> names = new TreeSet<>(workflow.budget().limits().keySet())
                .stream().map(Operations::name).toList();
        return names.isEmpty() ? "It limits nothing." : "It limits " + String.join(", ", names) + ".";
    }

    private static String name(Workflow.Resource resource) {
        return resource.name().toLowerCase(Locale.ROOT);
    }

    /** The number of the first event that belongs to a step at a place, to the steps inside it when it has some. */
    static long before(String run, List<RunEvent> events, String step, String iteration) {
        String inside = (iteration.isEmpty() ? "" : iteration + "/") + step + "=";
        return events.stream()
                .filter(event -> event.iteration().startsWith(inside)
                        || event.iteration().equals(iteration)
                                && (event.element().equals(step)
                                        || event.element().startsWith(step + ".")))
                .mapToLong(RunEvent::seq)
                .findFirst()
                .orElseThrow(() -> Queries.problem(
                        ProblemCode.NOT_RECORDED,
                        "the run " + run + " has not come to the step " + step
                                + (iteration.isEmpty() ? "" : " at " + iteration) + ".",
                        "Steps that it has come to are "
                                + events.stream()
                                        .map(RunEvent::element)
                                        .distinct()
                                        .limit(20)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    static void checkFork(String run, RunSetup setup, List<RunEvent> events, long before) {
        if (setup.replayOf().isPresent()) {
            throw Queries.problem(
                    ProblemCode.WRONG_STATE,
                    "the run " + run + " is a replay, which has nothing of its own to branch off from.",
                    "Fork the run that it replays: " + setup.replayOf().get() + ".");
        }
        if (before < 1 || before > events.size() + 1) {
            throw Queries.problem(
                    ProblemCode.INPUT_TYPE,
                    "the run " + run + " has no place before an event " + before + ".",
                    "Give a number from 1 to " + (events.size() + 1) + ".");
        }
    }

    static EngineException stranger(Program program, RunEvent event) {
        return Queries.problem(
                ProblemCode.NOT_RECORDED,
                "the workflow " + program.name() + " could not have come to the event " + event.seq() + ", "
                        + event.kind() + " at " + event.element()
                        + (event.iteration().isEmpty() ? "" : ", " + event.iteration()) + ".",
                "Fork before it, or keep the steps, pools and slots that the run has used.");
    }

    /** The number of the first event of a run that its replay under other rules does not share, whatever lines they stand in. */
    static long firstDifference(String run, List<RunEvent> recorded, List<RunEvent> replayed) {
        List<RunEvent> left = Cassette.again(recorded);
        List<RunEvent> right = Cassette.again(replayed);
        for (int i = 0; i < left.size(); i++) {
            if (i >= right.size() || !told(left.get(i)).equals(told(right.get(i)))) {
                return left.get(i).seq();
            }
        }
        if (right.size() == left.size()) {
            throw Queries.problem(
                    ProblemCode.NOT_RECORDED,
                    "the other workflow decides everything in the run " + run + " as it was decided.",
                    "Say before which event the fork is to begin.");
        }
        return recorded.getLast().seq() + 1;
    }

    private static String told(RunEvent event) {
        JsonNode body = Json.read(event.body());
        forget(body);
        return event.element() + " " + event.iteration() + " " + event.kind() + " " + body;
    }

    /** Away with what two runs of the same decisions need not share: the lines of the file, the numbers of events, durations. */
    private static void forget(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of("where", "seen", "run", "seconds"));
        }
        node.forEach(Operations::forget);
    }
}
