package dev.hone.dsl.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.Reading;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.WorkflowReader;
import dev.hone.dsl.edit.Edit.Kind;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;

/** Whatever the edits, on whatever file: what they are not about stays, to the byte, and what can be undone is. */
@Tag("slow")
class EditsProperties {

    private static final List<String> FILES = Stream.of("ugly", "brackets", "no-end", "odd")
            .map(EditsTest::file)
            .flatMap(text -> Stream.of(text, text.replace("\n", "\r\n"), text.stripTrailing(), mixed(text)))
            .toList();

    private static final List<String> STEPS = List.of(
            "call: {role: w, id: NEW}",
            "- call: {role: drafter, id: NEW}\n",
            "# above\nexec:\n  tool: t   # beside\n  in:\n    a: |\n      text\n\n        # more\n    b: 'x'\nid: NEW\n# below",
            "{exec: {tool: t, in: {a: [1, {b: c}]}}, id: NEW}",
            "    if: \"= 1 < 2\"\n    id: NEW\n    do:\n    - exec: {tool: t, id: NEW2}\n",
            "call: {role: w}");

    private static final List<String> VALUES = List.of(
            "1",
            "= n + 1",
            "\"= m\"",
            "text",
            "|\n  a\n\n    b # c\n",
            ">-\n a\n b",
            "[1, 2]",
            "{a: b, c: [d]}",
            "- a\n- b # c",
            "a: 1\nb:\n  c: 2",
            "'it''s'",
            "\"a\\tb\"",
            "~",
            "true",
            "{role: w}",
            "model",
            "a/b",
            "x: [",
            "",
            "# c",
            "---\na",
            "\"two\n  lines\"");

    private static final List<String> NAMES = List.of(
            "n",
            "m",
            "keep",
            "k",
            "task",
            "answer",
            "drafter",
            "critic",
            "judge",
            "w",
            "c",
            "cand",
            "p",
            "draft",
            "fb",
            "best",
            "two",
            "again",
            "kept",
            "enough",
            "write",
            "pick",
            "l",
            "e",
            "new_name",
            "new-name",
            "item");

    private static final List<String> NEW_NAMES =
            List.of("new_name", "x", "text", "New9", "task", "m", "e", "new-name", "item", "list", "then");

    /** Numbers from which an edit of a file is made, so that it is about something that is there. */
    record Choice(int kind, int one, int two, int three) {
        <T> T of(List<T> all, int which) {
            return all.get(Math.floorMod(which, all.size()));
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void whatAnEditIsNotAboutStays(@ForAll("files") String file, @ForAll("choices") List<Choice> choices) {
        String text = file;
        for (Choice choice : choices) {
            Edited edited = Edits.apply("x", text, edit(text, choice));
            if (edited instanceof Edited.Done(String changed, int from, int to)) {
                assertThat(WorkflowReader.read("x", changed)).isInstanceOf(Reading.Parsed.class);
                assertThat(changed).startsWith(text.substring(0, from)).endsWith(text.substring(to));
                assertThat(from).isLessThanOrEqualTo(to);
                assertThat(changed.length()).isGreaterThanOrEqualTo(from + text.length() - to);
                text = changed;
            } else if (edited instanceof Edited.Refused(var problems)) {
                assertThat(problems)
                        .isNotEmpty()
                        .allSatisfy(p -> assertThat(p.toString()).hasSizeLessThan(900));
            }
            Statistics.label("made").collect(edited.getClass().getSimpleName());
        }
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void aFileInWhichALineWasLostIsEditedOrRefused(
            @ForAll("files") String file, @ForAll("choices") List<Choice> choices, @ForAll("choice") Choice lost) {
        List<String> lines = new ArrayList<>(List.of(file.split("(?<=\n)")));
        lines.remove(Math.floorMod(lost.one(), lines.size()));
        lines.add(Math.floorMod(lost.two(), lines.size()), lines.remove(Math.floorMod(lost.three(), lines.size())));
        String text = String.join("", lines);
        for (Choice choice : choices) {
            Edit edit = WorkflowReader.read("x", text) instanceof Reading.Parsed
                    ? edit(text, choice)
                    : new Edit.RemoveStep("two");
            if (Edits.apply("x", text, edit) instanceof Edited.Done(String changed, int from, int to)) {
                assertThat(WorkflowReader.read("x", changed)).isInstanceOf(Reading.Parsed.class);
                text = changed;
            }
        }
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void anInsertedStepCanBeRemoved(@ForAll("files") String file, @ForAll("choice") Choice choice) throws Refusal {
        Source source = source(file);
        Source.Body body = choice.of(List.copyOf(source.bodies().values()), choice.one());
        int index = Math.floorMod(choice.two(), body.list().items().size() + 1);
        String step = choice.of(STEPS, choice.three());
        Optional<String> inserted = done(file, new Edit.InsertStep(body.name(), index, step));
        Statistics.label("inserted").collect(inserted.isPresent());
        if (step.contains("NEW") && inserted.isPresent()) {
            assertThat(done(inserted.get(), new Edit.RemoveStep("NEW"))).hasValue(file);
        }
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void aMovedStepCanBeMovedBack(@ForAll("files") String file, @ForAll("choice") Choice choice) throws Refusal {
        Source source = source(file);
        Source.StepPlace step = choice.of(List.copyOf(source.steps().values()), choice.one());
        Source.Body body = choice.of(List.copyOf(source.bodies().values()), choice.two());
        Optional<String> moved =
                done(file, new Edit.MoveStep(step.id(), body.name(), Math.floorMod(choice.three(), 5)));
        Statistics.label("moved").collect(moved.isPresent());
        if (moved.isPresent()) {
            Optional<String> back = done(moved.get(), new Edit.MoveStep(step.id(), step.body(), step.index()));
            if (step.body().equals(body.name()) || !isBesideFreeComment(source, step)) {
                assertThat(back).hasValue(file);
            } else {
                assertThat(back.orElseThrow().lines().sorted())
                        .containsExactlyElementsOf(file.lines().sorted().toList());
            }
        }
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void aRenamedThingCanBeRenamedBack(@ForAll("files") String file, @ForAll("choice") Choice choice) throws Refusal {
        Kind kind = choice.of(List.of(Kind.values()), choice.kind());
        String from = choice.of(declared(source(file), kind), choice.one());
        String to = choice.of(NEW_NAMES, choice.two());
        Optional<String> renamed = done(file, new Edit.Rename(kind, from, to));
        Statistics.label("renamed " + kind.name().toLowerCase(Locale.ROOT)).collect(renamed.isPresent());
        if (renamed.isPresent()) {
            assertThat(done(renamed.get(), new Edit.Rename(kind, to, from))).hasValue(file);
        }
    }

    private static List<String> declared(Source source, Kind kind) {
        Stream<String> names = switch (kind) {
            case STEP -> source.steps().keySet().stream();
            case OUTPUT ->
                Records.all(source.workflow().flow(), Workflow.Name.class).map(Workflow.Name::name);
            case SLOT -> source.workflow().slots().keySet().stream();
            case POOL -> source.workflow().pools().keySet().stream();
            case PARAM -> source.workflow().params().keySet().stream();
            case INPUT -> source.workflow().inputs().keySet().stream();
        };
        return Stream.concat(names, Stream.of("nothing")).toList();
    }

    /** A comment that belongs to no step stays, and then does not tell on which side of it the step stood. */
    private static boolean isBesideFreeComment(Source source, Source.StepPlace step) throws Refusal {
        Source.Body body = source.body(step.body());
        if (body.list().span().inline()) {
            return false;
        }
        Rows rows = Rows.of(source.page(), body.list());
        return Stream.of(rows.gapAfter(step.index() - 1), rows.gapAfter(step.index()))
                .flatMap(List::stream)
                .anyMatch(line -> !line.isBlank());
    }

    private static Edit edit(String text, Choice choice) {
        Source source;
        try {
            source = source(text);
        } catch (Refusal e) {
            throw new AssertionError(e);
        }
        List<String> steps = List.copyOf(source.steps().keySet());
        List<String> bodies = List.copyOf(source.bodies().keySet());
        List<List<String>> paths = paths(source.page().root(), List.of());
        List<String> path = choice.of(paths, choice.one());
        if (steps.isEmpty() || bodies.isEmpty()) {
            return new Edit.SetField(path, choice.of(VALUES, choice.two()));
        }
        return switch (choice.kind()) {
            case 0 -> new Edit.SetField(path, choice.of(VALUES, choice.two()));
            case 1 -> {
                List<String> more = new ArrayList<>(path);
                more.add(choice.of(List.of("0", "1", "2", "id", "max", "as", "in", "zeta", "a b"), choice.three()));
                yield new Edit.SetField(more, choice.of(VALUES, choice.two()));
            }
            case 2 -> new Edit.RemoveField(path);
            case 3 ->
                new Edit.InsertStep(
                        choice.of(bodies, choice.one()),
                        Math.floorMod(choice.two(), 4),
                        choice.of(STEPS, choice.three()));
            case 4 -> new Edit.RemoveStep(choice.of(steps, choice.one()));
            case 5 ->
                new Edit.MoveStep(
                        choice.of(steps, choice.one()),
                        choice.of(bodies, choice.two()),
                        Math.floorMod(choice.three(), 4));
            case 6 -> {
                String first = choice.of(steps, choice.one());
                String last = choice.three() % 2 == 0 ? first : choice.of(steps, choice.one() + 1);
                yield new Edit.WrapInLoop(first, last, "loop" + choice.three() % 7, choice.of(VALUES, choice.two()));
            }
            default ->
                new Edit.Rename(
                        choice.of(List.of(Kind.values()), choice.three()),
                        choice.of(NAMES, choice.one()),
                        choice.of(NAMES, choice.two()));
        };
    }

    private static List<List<String>> paths(Yaml yaml, List<String> path) {
        List<List<String>> all = new ArrayList<>();
        all.add(path);
        switch (yaml) {
            case Yaml.Scalar scalar -> {}
            case Yaml.Items items -> {
                for (int i = 0; i < items.items().size(); i++) {
                    all.addAll(paths(items.items().get(i), Trees.join(path, String.valueOf(i))));
                }
            }
            case Yaml.Fields fields ->
                fields.entries().forEach((key, entry) -> all.addAll(paths(entry.value(), Trees.join(path, key))));
        }
        return all;
    }

    private static Optional<String> done(String text, Edit edit) {
        return Edits.apply("x", text, edit) instanceof Edited.Done(String changed, int from, int to)
                ? Optional.of(changed)
                : Optional.empty();
    }

    private static Source source(String text) throws Refusal {
        return Source.read("x", text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** Every third line ends as on another system. */
    private static String mixed(String text) {
        StringBuilder mixed = new StringBuilder();
        int line = 0;
        for (char c : text.toCharArray()) {
            mixed.append(c == '\n' && line++ % 3 == 0 ? "\r\n" : String.valueOf(c));
        }
        return mixed.toString();
    }

    @Provide
    Arbitrary<String> files() {
        return Arbitraries.of(FILES);
    }

    @Provide
    Arbitrary<Choice> choice() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 10_000);
        return Combinators.combine(Arbitraries.integers().between(0, 7), any, any, any)
                .as(Choice::new);
    }

    @Provide
    Arbitrary<List<Choice>> choices() {
        return choice().list().ofMinSize(1).ofMaxSize(8);
    }
}
