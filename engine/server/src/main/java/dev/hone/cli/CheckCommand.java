package dev.hone.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.engine.Workshop;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hone check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Prints all problems of a workflow, or the most it can spend.")
final class CheckCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "<workflow>", description = "A file, or a name of the catalogue.")
    @SuppressWarnings("NullAway.Init")
    private String workflow;

    @Option(names = "--json", description = "Prints the problems as a JSON array, for editors.")
    private boolean json;

    @Override
    public Integer call() {
        Choice choice = Choice.of(workflow);
        Workshop workshop = Workshop.discovered();
        List<Problem> problems = workshop.check(choice.source());
        var out = spec.commandLine().getOut();
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            problems.forEach(problem -> array.add(json(problem)));
            out.println(array.toPrettyString());
        } else if (problems.isEmpty()) {
            out.print(choice.source().file() + ": no problems; "
                    + workshop.compile(choice.source()).certificate().text());
        } else {
            Hone.print(problems, out);
        }
        out.flush();
        return problems.isEmpty() ? Exit.DONE : Exit.REFUSED;
    }

    private static ObjectNode json(Problem problem) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("code", problem.code().name());
        problem.where()
                .ifPresent(where -> object.put("file", where.file())
                        .put("line", where.line())
                        .put("column", where.column()));
        return object.put("what", problem.what()).put("fix", problem.fix());
    }
}
