package dev.hone.dsl.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Reading;
import dev.hone.dsl.WorkflowReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each command does to a text, to the byte. */
class EditsTest {

    private static final String HEAD = "hone: 1\nname: x\nslots: {w: {kind: model, init: a/b}}\n";

    @ParameterizedTest
    @ValueSource(strings = {"ugly", "brackets", "no-end", "odd"})
    void theUglyFilesCanBeRead(String name) {
        assertThat(WorkflowReader.read(name, file(name))).isInstanceOf(Reading.Parsed.class);
    }

    @Test
    void aFieldIsReplacedInItsLine() {
        assertThat(after("ugly", new Edit.SetField(List.of("params", "n"), "12")))
                .isEqualTo(file("ugly").replace("{n: 4,", "{n: 12,"));
        assertThat(after("ugly", new Edit.SetField(List.of("name"), "pretty")))
                .isEqualTo(file("ugly").replace("name: ugly-file     # the name", "name: pretty     # the name"));
        assertThat(after("ugly", new Edit.SetField(List.of("budget", "time"), "PT5M")))
                .isEqualTo(file("ugly").replace("PT10M", "PT5M"));
        assertThat(after("ugly", new Edit.SetField(List.of("flow", "0", "do", "0", "call", "role"), "critic")))
                .isEqualTo(file("ugly").replace("        role: drafter\n", "        role: critic\n"));
        assertThat(after("no-end", new Edit.SetField(List.of("flow", "0", "call"), "{role: w, out: z}")))
                .isEqualTo(file("no-end").replace("call: {role: w,\tout: a} #", "call: {role: w, out: z} #"));
    }

    @Test
    void aBlockTakesThePlaceOfALineAndALineThatOfABlock() {
        String prompt = "|\n  Be short.\n\n  # and kind\n";
        assertThat(after("ugly", new Edit.SetField(List.of("flow", "0", "do", "0", "call", "prompt"), prompt)))
                .isEqualTo(between(
                        file("ugly"),
                        "          # Title n\n",
                        "        out: draft",
                        "          Be short.\n\n          # and kind\n"));
        assertThat(after("ugly", new Edit.SetField(List.of("budget", "calls"), "\"= n\"")))
                .isEqualTo(file("ugly").replace(">-\n    n + n*m\n    + n*keep*2\n", "\"= n\"\n"));
        assertThat(after(
                        "ugly", new Edit.SetField(List.of("slots", "judge", "in"), "{program: \"= item\", cases: []}")))
                .isEqualTo(file("ugly")
                        .replace(
                                "    in:\n      program: \"= item\"\n      cases: \"= task.examples\"\n",
                                "    in: {program: \"= item\", cases: []}\n"));
        assertThat(after("ugly", new Edit.SetField(List.of("slots", "drafter"), "kind: model\ninit: a/b # why\n")))
                .isEqualTo(file("ugly")
                        .replace(
                                "  drafter: {kind: model, init: \"ollama/llama3.2\"}   # cheap\n",
                                "  drafter:   # cheap\n    kind: model\n    init: a/b # why\n"));
    }

    @Test
    void anAbsentFieldIsAddedAtTheEndOfItsMappingInItsStyle() {
        assertThat(after("ugly", new Edit.SetField(List.of("params", "seed"), "7")))
                .isEqualTo(file("ugly")
                        .replace("keep: 1}", "keep: 1, \n         seed: 7}")
                        .replace(", \n", ",\n"));
        assertThat(after("ugly", new Edit.SetField(List.of("slots", "critic", "maxTokens"), "9")))
                .isEqualTo(file("ugly").replace("0.5      \n", "0.5      \n    maxTokens: 9\n"));
        assertThat(after("ugly", new Edit.SetField(List.of("flow", "0", "do", "0", "call", "as"), "score")))
                .isEqualTo(file("ugly").replace("into: cand\n      id", "into: cand\n        as: score\n      id"));
        assertThat(after("brackets", new Edit.SetField(List.of("budget", "calls"), "= k + 1")))
                .isEqualTo(file("brackets")
                        .replace("then: {skip: l}}]\n}", "then: {skip: l}}],\n budget: {calls: \"= k + 1\"}\n}"));
        assertThat(after("no-end", new Edit.SetField(List.of("budget", "calls"), "5")))
                .isEqualTo(file("no-end") + "\nbudget: {calls: 5}");
    }

    @Test
    void aRemovedFieldTakesItsCommentsAlong() {
        assertThat(after("ugly", new Edit.RemoveField(List.of("slots", "critic", "temperature"))))
                .isEqualTo(file("ugly").replace("    temperature: 0.5      \n", ""));
        assertThat(after("ugly", new Edit.RemoveField(List.of("params", "m"))))
                .isEqualTo(file("ugly").replace(", \"m\": 2", ""))
                .contains("# numbers # with two signs");
        assertThat(after("ugly", new Edit.RemoveField(List.of("rules", "2"))))
                .isEqualTo(between(file("ugly"), "  # about money\n", "  - {fact: pool", ""));
        assertThat(after("brackets", new Edit.RemoveField(List.of("flow", "1", "id"))))
                .isEqualTo(file("brackets").replace(", id: judge", ""));
        assertThat(after("text", "hone: 1\nname: x\nflow:\n- id: a\n  exec: {tool: t}\n", remove("flow", "0", "id")))
                .isEqualTo("hone: 1\nname: x\nflow:\n- exec: {tool: t}\n");
    }

    @Test
    void aStepIsInsertedInTheStyleOfItsList() {
        String step = "# why\ncall: {role: critic}\nid: new # beside\n";
        assertThat(after("ugly", new Edit.InsertStep("flow", 1, step)))
                .isEqualTo(file("ugly")
                        .replace(
                                "  - loop: {id: again",
                                "  # why\n  - call: {role: critic}\n    id: new # beside\n  - loop: {id: again"));
        assertThat(after("ugly", new Edit.InsertStep("flow", 3, "- call: {role: critic, id: new}")))
                .isEqualTo(file("ugly").replace("as: answer2}\n", "as: answer2}\n  - call: {role: critic, id: new}\n"));
        assertThat(after("brackets", new Edit.InsertStep("l.do", 1, "call:\n  role: c\n  id: new\n")))
                .isEqualTo(file("brackets").replace("out: four}}, ", "out: four}}, {call: {role: c, id: new}}, "));
        assertThat(after("no-end", new Edit.InsertStep("if.do", 1, "exec: {tool: t, id: new}")))
                .isEqualTo(file("no-end")
                        .replace(
                                "\n      - call: {role: w, out: c}\n",
                                "\n      - exec: {tool: t, id: new}\n\n      - call: {role: w, out: c}\n"));
        assertThat(after("no-end", new Edit.InsertStep("flow", 4, "exec: {tool: t, id: new}")))
                .isEqualTo(file("no-end") + "\n- exec: {tool: t, id: new}");
    }

    @Test
    void theOtherBranchBeginsWithItsFirstStep() {
        assertThat(after("no-end", new Edit.InsertStep("if.else", 0, "exec: {tool: t, id: new}")))
                .isEqualTo(file("no-end")
                        .replace(
                                "          out: d\n- call",
                                "          out: d\n  else:\n    - exec: {tool: t, id: new}\n- call"));
    }

    @Test
    void aRemovedStepTakesItsCommentsAlongAndNoOther() {
        assertThat(after("ugly", new Edit.RemoveStep("write")))
                .isEqualTo(between(file("ugly"), "    - call:                 # ask\n", "    # look at it\n", ""))
                .contains("# look at it")
                .doesNotContain("# the end of the draft");
        assertThat(after("ugly", new Edit.RemoveStep("kept")))
                .doesNotContain("# at the margin")
                .contains("# floating in the body");
        assertThat(after("no-end", new Edit.RemoveStep("e")))
                .isEqualTo(file("no-end").replaceAll("\n\n# two calls(?s:.*)", ""));
        assertThat(after("brackets", new Edit.RemoveStep("judge")))
                .isEqualTo(between(
                        file("brackets"), "   {call: {role: c, out: two", "   call: {role: w, out: three}", ""));
    }

    @Test
    void aMovedStepTakesItsCommentsAlongAndIsIndentedAsItsNewNeighbours() {
        String moved = after("ugly", new Edit.MoveStep("write", "again.do", 2));
        assertThat(moved).contains("""
                    -   exec: {tool: listprog-run, in: {program: "= extra", cases: [1, 2]}, out: seen, as: verdict}

                    - call:                 # ask
                        role: drafter
                """.indent(0));
        assertThat(after("no-end", new Edit.MoveStep("b", "flow", 0)))
                .isEqualTo(file("no-end")
                        .replace("      - call: {role: w, out: b}\n\n", "")
                        .replace(
                                "- call: {role: w,\tout: a}",
                                "- call: {role: w, out: b}\n\n- call: {role: w,\tout: a}"));
        assertThat(after("no-end", new Edit.MoveStep("e", "flow", 0)))
                .startsWith("\uFEFFhone: 1\n")
                .contains(
                        "flow:\n# two calls without a name\n- call: {role: w, id: e, prompt: \"a\n  # no comment\n  b\"} # end\n- call: {role: w,\t")
                .endsWith("- call: {role: w}");
        assertThat(after("brackets", new Edit.MoveStep("four", "flow", 0)))
                .isEqualTo(file("brackets")
                        .replace("{call: {role: w, out: four}}, ", "")
                        .replace("flow: [ ", "flow: [ {call: {role: w, out: four}}, "));
    }

    @Test
    void neighboursAreWrappedIntoALoop() {
        assertThat(after("ugly", new Edit.WrapInLoop("again", "pick", "outer", "3")))
                .isEqualTo(file("ugly")
                        .replace(
                                "  - loop: {id: again, max: \"= n\"}\n    do:\n    -   call: {role: drafter, out: extra, into: cand}\n    -   exec: ",
                                "  - loop: {id: outer, max: 3}\n    do:\n      - loop: {id: again, max: \"= n\"}\n        do:\n        -   call: {role: drafter, out: extra, into: cand}\n        -   exec: ")
                        .replace("  - reduce: {id: pick", "      - reduce: {id: pick"));
        assertThat(after("brackets", new Edit.WrapInLoop("judge", "three", "outer", "= k")))
                .isEqualTo(file("brackets")
                        .replace(
                                "   {call: {role: c, out: two",
                                "   {loop: {id: outer, max: \"= k\"}, do: [{call: {role: c, out: two")
                        .replace("out: three}", "out: three}]}"));
    }

    @Test
    void aRenamedParameterIsRenamedWhereItIsMeantOnly() {
        assertThat(after("ugly", new Edit.Rename(Edit.Kind.PARAM, "n", "width")))
                .isEqualTo(file("ugly")
                        .replace("{n: 4,", "{width: 4,")
                        .replace("n + n*m\n    + n*keep*2", "width + width*m\n    + width*keep*2")
                        .replace("1..n\"", "1..width\"")
                        .replace("else n\"", "else width\"")
                        .replace("max: \"= n\"", "max: \"= width\"")
                        .replace("round > n\"", "round > width\"")
                        .replace("left.calls < n\"", "left.calls < width\"")
                        .replace("[n, {n: 1}.n]", "[width, {n: 1}.n]"));
    }

    @Test
    void renamingNamesStepsSlotsPoolsInputsAndOutputs() {
        assertThat(after("ugly", new Edit.Rename(Edit.Kind.STEP, "again", "more")))
                .isEqualTo(file("ugly").replaceAll("\\bagain\\b", "more"));
        assertThat(after("ugly", new Edit.Rename(Edit.Kind.SLOT, "drafter", "writer")))
                .isEqualTo(file("ugly").replaceAll("\\bdrafter\\b", "writer"));
        assertThat(after("ugly", new Edit.Rename(Edit.Kind.SLOT, "critic", "reader")))
                .isEqualTo(file("ugly").replaceAll("\\bcritic\\b", "reader"));
        assertThat(after("ugly", new Edit.Rename(Edit.Kind.POOL, "cand", "all")))
                .isEqualTo(file("ugly").replaceAll("\\bcand\\b", "all").replace("{flag: all}", "{flag: cand}"));
        assertThat(after("ugly", new Edit.Rename(Edit.Kind.INPUT, "task", "job")))
                .isEqualTo(file("ugly")
                        .replace("    task:\n", "    job:\n")
                        .replace("\"= task", "\"= job")
                        .replace("+ task.hint", "+ job.hint")
                        .replace("in task.examples", "in job.examples"));
        assertThat(after("ugly", new Edit.Rename(Edit.Kind.OUTPUT, "draft", "text")))
                .isEqualTo(file("ugly").replace("out: draft\n", "out: text\n").replace("\"= draft\"", "\"= text\""));
        assertThat(after("brackets", new Edit.Rename(Edit.Kind.OUTPUT, "two", "said")))
                .isEqualTo(file("brackets").replace("out: two", "out: said").replace("two.ok", "said.ok"));
    }

    @Test
    void aStepThatIsCalledAfterItsOutputIsFoundUnderItsNewName() {
        String flow = HEAD + "flow:\n- call: {role: w}\n- call: {role: w, out: aa}\n- call: {role: w, out: aa}\n"
                + "rules: [{fact: budget, when: exhausted, then: {goto: aa-2}}]\n";
        assertThat(after("text", flow, new Edit.Rename(Edit.Kind.OUTPUT, "aa", "bb")))
                .isEqualTo(flow.replace("out: aa", "out: bb").replace("goto: aa-2", "goto: bb-2"));
    }

    @Test
    void aStepWhoseIdWouldChangeIsToBeNamedFirst() {
        String flow = HEAD + "flow:\n- call: {role: w}\n- call: {role: w}\n";
        assertThat(refused(flow, new Edit.RemoveStep("call")))
                .extracting(Problem::toString)
                .containsExactly("x.yaml:6:3: EDIT_REFUSED: The step 'call-2' would be called 'call' after this change."
                        + " Give it 'id: call-2' first.");
        assertThat(refused(flow, new Edit.InsertStep("flow", 0, "call: {role: w}")))
                .extracting(Problem::code)
                .containsOnly(ProblemCode.EDIT_REFUSED);
        assertThat(refused(flow, new Edit.Rename(Edit.Kind.STEP, "call", "b")))
                .first()
                .extracting(Problem::fix)
                .isEqualTo("Give it 'id: call' first.");
    }

    @Test
    void whatCannotBeReadIsNotEdited() {
        assertThat(refused("hone: [", new Edit.RemoveStep("a")))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.EDIT_REFUSED, ProblemCode.YAML_SYNTAX);
        assertThat(refused("hone: 1\nname: &a x\nflow: []\n", new Edit.RemoveStep("a")))
                .first()
                .extracting(Problem::what)
                .isEqualTo("The file uses a part of YAML that workflows do not have, such as anchors.");
        assertThat(refused(HEAD + "flow: []\n", new Edit.SetField(List.of("name"), "Not A Name")))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.EDIT_REFUSED, ProblemCode.BAD_NAME);
        assertThat(refused(HEAD + "flow: []\n", new Edit.SetField(List.of("name"), "a: ]")))
                .extracting(Problem::code)
                .contains(ProblemCode.EDIT_REFUSED, ProblemCode.YAML_SYNTAX);
    }

    @Test
    void aNameThatAFileBesideTheWorkflowMaySpeakOfIsRefused() {
        String table = HEAD + "flow: []\nparams: {n: 1}\nrules: [{table: stops.csv, fact: loop}]\n";

        assertThat(refused(table, new Edit.Rename(Edit.Kind.PARAM, "n", "m")))
                .first()
                .extracting(Problem::what)
                .isEqualTo("The rules in 'stops.csv' may speak of 'n', and a command changes the workflow's own text"
                        + " alone.");
    }

    @Test
    void aNameThatIsTakenOrUnclearIsRefused() {
        for (Edit edit : List.of(
                new Edit.Rename(Edit.Kind.PARAM, "n", "m"),
                new Edit.Rename(Edit.Kind.PARAM, "n", "item"),
                new Edit.Rename(Edit.Kind.PARAM, "n", "draft"),
                new Edit.Rename(Edit.Kind.PARAM, "n", "not a name"),
                new Edit.Rename(Edit.Kind.PARAM, "nothing", "x"),
                new Edit.Rename(Edit.Kind.STEP, "again", "run"),
                new Edit.Rename(Edit.Kind.STEP, "again", "kept"),
                new Edit.Rename(Edit.Kind.SLOT, "judge", "drafter"))) {
            assertThat(refused(file("ugly"), edit)).as("%s", edit).isNotEmpty();
        }
        String filter = HEAD + "params: {n: 1}\nflow: [{call: {role: w, in: {a: \"= [1][item > n]\"}}}]\n";
        assertThat(refused(filter, new Edit.Rename(Edit.Kind.PARAM, "n", "k")))
                .first()
                .extracting(Problem::what)
                .asString()
                .contains("may also be a field of the item");
    }

    @Test
    void theOnlyStepOfAListInLinesStays() {
        String flow = HEAD + "flow:\n- loop: {max: 2}\n  do:\n  - call: {role: w}\n";
        assertThat(refused(flow, new Edit.RemoveStep("call"))).isNotEmpty();
        assertThat(refused(flow, new Edit.MoveStep("call", "flow", 0))).isNotEmpty();
        assertThat(refused(flow, new Edit.MoveStep("loop", "loop.do", 0))).isNotEmpty();
    }

    @Test
    void commentsBetweenBracketsAreNotGuessedAt() {
        String flow = HEAD + "flow: [\n  {call: {role: w, id: a}}, # one\n  {call: {role: w, id: b}}\n]\n";
        assertThat(refused(flow, new Edit.RemoveStep("a"))).isNotEmpty();
        assertThat(refused(flow, new Edit.MoveStep("a", "flow", 1))).isNotEmpty();
    }

    @Test
    void theChangedRangeIsSmall() {
        Edited edited = Edits.apply("x.yaml", file("ugly"), new Edit.SetField(List.of("params", "n"), "5"));
        int at = file("ugly").indexOf("n: 4") + 3;
        assertThat(edited).isEqualTo(new Edited.Done(file("ugly").replace("n: 4,", "n: 5,"), at, at + 1));
    }

    static String file(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/edit/" + name + ".yaml"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Edit remove(String... path) {
        return new Edit.RemoveField(List.of(path));
    }

    private static String after(String name, Edit edit) {
        return after(name, file(name), edit);
    }

    private static String after(String name, String text, Edit edit) {
        return switch (Edits.apply(name, text, edit)) {
            case Edited.Done(String changed, int from, int to) -> changed;
            case Edited.Refused(List<Problem> problems) -> problems.toString();
        };
    }

    private static List<Problem> refused(String text, Edit edit) {
        return switch (Edits.apply("x.yaml", text, edit)) {
            case Edited.Done(String changed, int from, int to) -> List.of();
            case Edited.Refused(List<Problem> problems) -> problems;
        };
    }

    /** The text with something else from the beginning of one part to that of another. */
    private static String between(String text, String from, String to, String with) {
        int start = text.indexOf(from);
        return text.substring(0, start) + with + text.substring(text.indexOf(to, start));
    }
}
