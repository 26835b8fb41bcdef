package dev.hone.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.client.AskedTask;
import dev.hone.client.EngineRuns;
import dev.hone.client.Runs;
import dev.hone.client.ServerRuns;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.Question;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hone tasks}. */
@Command(
        name = "tasks",
        mixinStandardHelpOptions = true,
        description = "Lists what the runs of a data directory ask people, oldest run first.",
        subcommands = TasksCommand.Answer.class)
final class TasksCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final EngineArguments.DataDirectory data = new EngineArguments.DataDirectory();

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<AskedTask> tasks = server.wanted() ? there() : here();
        if (json.wanted()) {
            ArrayNode all = Json.MAPPER.createArrayNode();
            tasks.forEach(task -> all.add(json(task)));
            out.println(all.toPrettyString());
        } else {
            tasks.forEach(task -> print(task, out));
        }
        out.flush();
        return Exit.DONE;
    }

    private List<AskedTask> there() {
        try (ServerRuns runs = server.open()) {
            return runs.tasks();
        }
    }

    private List<AskedTask> here() {
        List<AskedTask> tasks = new ArrayList<>();
        try (Ledger ledger = RunsCommand.open(data.path())) {
            for (RunRecord run : ledger.unfinished()) {
                Question.open(ledger.events(run.id(), 0, Integer.MAX_VALUE))
                        .forEach(question -> tasks.add(new AskedTask(run.workflow(), question)));
            }
        }
        return tasks;
    }

    private static void print(AskedTask task, PrintWriter out) {
        Question question = task.question();
        out.println("task      " + question.id());
        out.println("workflow  " + task.workflow() + ", asked " + local(question.at())
                + until(question).map(until -> ", waits until " + local(until)).orElse("")
                + (question.late() ? ", also takes a late answer" : ""));
        AnswerForm.print(question, out);
        out.println();
    }

    private static Optional<Instant> until(Question question) {
        return question.patience().map(patience -> question.at().plus(patience));
    }

    private static String local(Instant time) {
        return TIME.format(time.atZone(ZoneId.systemDefault()));
    }

    private static ObjectNode json(AskedTask task) {
        Question question = task.question();
        ObjectNode object = Json.object()
                .put("task", question.id())
                .put("workflow", task.workflow())
                .put("form", question.form())
                .put("at", question.at().toString())
                .put("late", question.late());
        question.question().ifPresent(text -> object.put("question", text));
        until(question).ifPresent(until -> object.put("until", until.toString()));
        object.putObject("show").setAll(question.show());
        question.order().forEach(object.withArray("order")::add);
        return object;
    }

    /** {@code hone tasks answer}. */
    @Command(
            name = "answer",
            mixinStandardHelpOptions = true,
            description = "Gives an answer, and lets the run go on to its end or its next question.")
    static final class Answer implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin
        private final EngineArguments arguments = new EngineArguments();

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        @Parameters(index = "0", paramLabel = "<task>", description = "As hone tasks lists it.")
        @SuppressWarnings("NullAway.Init")
        private String task;

        @Parameters(
                index = "1",
                paramLabel = "<answer>",
                description = "A number, yes or no, a label or a text, as the task asks.")
        @SuppressWarnings("NullAway.Init")
        private String answer;

        @Override
        public Integer call() throws InterruptedException {
            if (server.wanted()) {
                try (ServerRuns runs = server.open()) {
                    return answer(runs);
                }
            }
            try (Engine engine = arguments.open()) {
                return answer(new EngineRuns(engine));
            }
        }

        private int answer(Runs runs) throws InterruptedException {
            Question question = find(runs);
            long shown = runs.events(question.run()).size();
            runs.answer(question, AnswerForm.read(question, answer.strip()));
            return Attended.await(runs, runs.run(question.run()), shown, json.wanted(), spec.commandLine());
        }

        private Question find(Runs runs) {
            String run = task.split("/", 2)[0];
            return runs.questions(run).stream()
                    .filter(question -> question.id().equals(task))
                    .findFirst()
                    .orElseThrow(() -> new EngineException(List.of(Problem.of(
                            ProblemCode.NOT_FOUND,
                            "there is no open task " + task + ".",
                            "List the open tasks with hone tasks; this one was answered, or its time is over."))));
        }
    }
}
