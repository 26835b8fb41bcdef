package dev.hone.cli;

import dev.hone.dsl.Skeleton;
import dev.hone.engine.TextFile;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hone new}. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = "Writes a commented workflow to begin with; without a skeleton, lists all.")
final class NewCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "<skeleton>", arity = "0..1", description = "For example revise.")
    @Nullable
    private String name;

    @Parameters(
            index = "1",
            paramLabel = "<file>",
            arity = "0..1",
            description = "Where to write it; must not be there yet. Default: <skeleton>.yaml")
    @Nullable
    private String file;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            Skeleton.all()
                    .forEach(skeleton -> out.printf(Locale.ROOT, "%-20s %s%n", skeleton.name(), skeleton.title()));
        } else {
            Skeleton skeleton = find(name);
            TextFile target = TextFile.named(file == null ? skeleton.name() + ".yaml" : file);
            target.create(skeleton.in(target.path().getFileName().toString()));
            out.println(target.path());
        }
        out.flush();
        return Exit.DONE;
    }

    private static Skeleton find(String name) {
        return Skeleton.find(name)
                .orElseThrow(() -> Unknown.of(
                        "skeleton",
                        name,
                        Skeleton.all().stream().map(Skeleton::name).toList(),
                        "hone new"));
    }
}
