package dev.hone.server.offer;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.engine.Source;
import dev.hone.engine.compile.Program;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A workflow that can be run by its name.
 *
 * @param version of the deployment; empty for the catalogue's
 * @param owner who deployed it, or {@code hone}
 * @param since when it was deployed; the epoch for the catalogue's
 */
public record Offer(Program program, Source source, Optional<Integer> version, String owner, Instant since) {

    private static final int LONGEST_DESCRIPTION = 1_000;

    public String name() {
        return program.name();
    }

    /** What the author wrote at the head of the file, in one line. */
    public String description() {
        String head = source.text()
                .lines()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        if (head.isEmpty()) {
            return "Runs the workflow " + name() + ".";
        }
        return head.length() <= LONGEST_DESCRIPTION ? head : head.substring(0, LONGEST_DESCRIPTION - 1) + "…";
    }

    /** Why it cannot be run by somebody who waits for the answer; empty when it can. */
    public Optional<Problem> unfit() {
        return program.workflow()
                .steps()
                .filter(Step.Human.class::isInstance)
                .map(Step.Human.class::cast)
                .filter(human -> human.timeout().isEmpty())
                .findFirst()
                .map(human -> Problem.at(
                        human.where(),
                        ProblemCode.BAD_REQUEST,
                        "the workflow " + name() + " may wait for a person at " + human.id()
                                + ", for as long as it takes.",
                        "Give the step a timeout and say what happens then, or start the run with POST /api/v1/runs."));
    }
}
