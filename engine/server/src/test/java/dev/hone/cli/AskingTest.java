package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.client.EngineRuns;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.StopReason;
import dev.hone.engine.ledger.EventKind;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(60)
class AskingTest {

    private static final Source PEOPLE = new Source("people.yaml", """
            hone: 1
            name: people
            budget: {human: 3, time: PT1M}
            flow:
              - human: {id: better, form: pair, question: Which is better?, show: {a: good, b: bad}, timeout: 20, out: pref}
              - human: {id: sure, form: approve, timeout: 20, out: approved}
              - human: {id: said, form: improve, show: {text: "= pref.choice"}, timeout: 20, out: better_text}
            """);

    @Test
    void thePersonAtTheKeyboardAnswers(@TempDir Path directory) throws Exception {
        StringWriter screen = new StringWriter();
        try (Engine engine = Engine.open(EngineOptions.at(directory))) {
            String run = engine.start(engine.deploy(PEOPLE), RunRequest.withoutInputs());
            BufferedReader keyboard = new BufferedReader(new StringReader("seven\n2\nyes\nMuch better.\n"));
            RunResult result;
            try (Asking asking = new Asking(new EngineRuns(engine), run, keyboard, new PrintWriter(screen))) {
                result = engine.await(run);
            }

            assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
            assertThat(engine.events(run).stream()
                            .filter(event -> event.kind() == EventKind.ANSWERED)
                            .map(event -> event.body().replaceAll(",\"seconds\":[^,}]+", "")))
                    .containsExactly(
                            "{\"answer\":{\"choice\":2,\"by\":\"human\"}}",
                            "{\"answer\":{\"approved\":true,\"by\":\"human\"}}",
                            "{\"answer\":{\"text\":\"Much better.\",\"by\":\"human\"}}");
        }
        assertThat(screen.toString())
                .contains("Which is better?", "1) good", "2) bad", "a 'choice' from 1 to 2", "yes or no:");
    }
}
