package dev.hone.cli;

import dev.hone.dsl.Explanation;
import dev.hone.dsl.ProblemCode;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hone explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Says what a problem code means and what to do; without one, lists all.")
final class ExplainCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "<code>", arity = "0..1", description = "As a problem names it, for example SELF_GRADING.")
    @Nullable
    private String code;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (code == null) {
            Explanation.all().forEach(each -> out.printf(Locale.ROOT, "%-18s %s%n", each.code(), each.title()));
        } else {
            print(Explanation.of(find(code)), out);
        }
        out.flush();
        return Exit.DONE;
    }

    private static void print(Explanation explanation, PrintWriter out) {
        out.println(explanation.code() + ": " + explanation.title());
        out.println();
        out.println(explanation.reason());
        explanation.example().ifPresent(example -> {
            print("Wrong:", example.wrong(), out);
            print("Right:", example.right(), out);
        });
    }

    private static void print(String title, String workflow, PrintWriter out) {
        out.println();
        out.println(title);
        out.println();
        workflow.lines().forEach(line -> out.println(line.isEmpty() ? line : "    " + line));
    }

    private static ProblemCode find(String word) {
        List<String> codes =
                Arrays.stream(ProblemCode.values()).map(ProblemCode::name).toList();
        String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
        if (!codes.contains(name)) {
            throw Unknown.of("problem code", word, codes, "hone explain");
        }
        return ProblemCode.valueOf(name);
    }
}
