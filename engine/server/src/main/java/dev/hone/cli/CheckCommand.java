package dev.hone.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.Where;
import dev.hone.engine.EngineException;
import dev.hone.engine.Workshop;
import dev.hone.engine.work.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hone check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Prints all problems of each workflow, or the most it can spend.",
        footer = "What a code means is said by hone explain <code>.")
final class CheckCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "<workflow>", arity = "1..*", description = "Files, or names of the catalogue.")
    private List<String> workflows = List.of();

    @Mixin
    private final CompilerOptions compiler = new CompilerOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Workshop workshop = compiler.workshop();
        ArrayNode all = Json.MAPPER.createArrayNode();
        boolean refused = false;
        for (String word : workflows) {
            List<Problem> problems = check(word, workshop, out);
            problems.forEach(problem -> all.add(json(word, problem)));
            refused |= !problems.isEmpty();
        }
        if (json.wanted()) {
            out.println(all.toPrettyString());
        }
        out.flush();
        return refused ? Exit.REFUSED : Exit.DONE;
    }

    /** Without {@code --json} it also says how it went. */
    private List<Problem> check(String word, Workshop workshop, PrintWriter out) {
        try {
            Choice choice = Choice.of(word);
            List<Problem> problems = workshop.check(choice.source());
            if (!json.wanted() && problems.isEmpty()) {
                out.print(choice.source().file() + ": no problems; "
                        + workshop.compile(choice.source()).certificate().text());
            } else if (!json.wanted()) {
                Hone.print(problems, out);
            }
            return problems;
        } catch (EngineException unreadable) {
            if (!json.wanted()) {
                Hone.print(unreadable.problems(), spec.commandLine().getErr());
            }
            return unreadable.problems();
        }
    }

    /** A problem that no line is to blame for stands at the beginning of the file. */
    private static ObjectNode json(String word, Problem problem) {
        Where where = problem.where().orElse(new Where(word, 1, 1));
        return Json.object()
                .put("file", where.file())
                .put("line", where.line())
                .put("column", where.column())
                .put("code", problem.code().name())
                .put("what", problem.what())
                .put("fix", problem.fix());
    }
}
