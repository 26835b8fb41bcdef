package dev.hone.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.ScriptedPerson.Field;
import dev.hone.dsl.ScriptedPerson.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptedPersonTest {

    private static final Workflow PEOPLE = ((Reading.Parsed) WorkflowReader.read("people.yaml", """
                    hone: 1
                    name: people
                    input: {target: {type: number, sealed: true}}
                    params: {care: 2}
                    flow:
                      - human: {id: which, form: pair, show: {first: 1, second: 2}, timeout: 9, out: pref}
                      - human: {id: sure, form: approve, timeout: 9, out: approved}
                    """)).workflow();

    private static List<String> problems(String text) {
        return switch (ScriptedPerson.read("person.yaml", text)) {
            case ScriptedPerson.Reading.Read(ScriptedPerson person) ->
                person.check(PEOPLE).stream().map(Problem::toString).toList();
            case ScriptedPerson.Reading.Refused refused ->
                refused.problems().stream().map(Problem::toString).toList();
        };
    }

    @Test
    void aScriptMayReadWhatIsShownTheInputsAndChance() throws IOException {
        String script = Files.readString(Path.of("src/test/resources/people/judge.yaml"));

        assertThat(problems(script)).isEmpty();
        assertThat(ScriptedPerson.read("judge.yaml", script))
                .isInstanceOfSatisfying(ScriptedPerson.Reading.Read.class, read -> {
                    assertThat(read.person().answers()).containsOnlyKeys("which", "sure");
                    assertThat(read.person().answer("which").map(Script::field)).contains(Field.CHOICE);
                });
    }

    @Test
    void aDelayIsADurationOrANumberOfSeconds() {
        for (String delay : List.of("PT1.5S", "= 1.5", "1.5")) {
            String script = "{person: 1, answers: {sure: {approved: true, delay: '" + delay + "'}}}";
            assertThat(ScriptedPerson.read("person.yaml", script))
                    .isInstanceOfSatisfying(
                            ScriptedPerson.Reading.Read.class,
                            read -> assertThat(read.person()
                                            .answer("sure")
                                            .flatMap(Script::delay)
                                            .map(Expression::text))
                                    .contains("1.5"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "person: 1                                     | person.yaml:1:1: MISSING_KEY: ",
                "{person: 2, answers: {sure: {approved: true}}} | person.yaml:1:10: WRONG_TYPE: ",
                "{person: 1, answers: {}}                      | person.yaml:1:22: MISSING_KEY: ",
                "{person: 1, answers: {sure: {}}}              | person.yaml:1:29: MISSING_KEY: ",
                "{person: 1, answers: {sure: {yes: true}}}     | person.yaml:1:29: MISSING_KEY: ",
                "{person: 1, answers: {which: {choice: '= 1 +'}}} | person.yaml:1:45: FEEL_SYNTAX: ",
                "{person: 1, answers: {which: {choice: 1, label: a}}} | person.yaml:1:42: UNKNOWN_KEY: ",
                "{person: 1, answers: {said: {text: a, error: 1}}} | person.yaml:1:39: UNKNOWN_KEY: ",
                "{person: 1, answers: {sure: {approved: true}, sure: {approved: true}}} | person.yaml:1:47: DUPLICATE_KEY: ",
            })
    void whatIsNoScriptIsRefusedAtItsPlace(String script, String problem) {
        assertThat(problems(script)).first().asString().startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{person: 1, answers: {wich: {choice: 1}}}      | person.yaml:1:29: UNKNOWN_TARGET: The workflow people has"
                        + " no human step 'wich'. Did you mean 'which'?",
                "{person: 1, answers: {sure: {label: fine}}}    | person.yaml:1:29: WRONG_TYPE: The step sure asks for a"
                        + " approved, not for a label. Give 'approved'.",
                "{person: 1, answers: {sure: {approved: first}}} | person.yaml:1:40: UNKNOWN_NAME: A person who is asked"
                        + " sure sees no 'first'. They know what is shown, the inputs, the parameters, and round, at,"
                        + " random, normal.",
            })
    void whatDoesNotFitTheWorkflowIsSaidAtItsPlace(String script, String problem) {
        assertThat(problems(script)).containsExactly(problem);
    }
}
