package dev.hone.connectors.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.ConnectorContract;
import dev.hone.connectors.testkit.Refusals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonTest extends ConnectorContract<Python.Input, Ended> {

    @Override
    protected Connector<Python.Input, Ended> connector() {
        return new Python(Sandboxes.SMALL);
    }

    @Override
    protected List<Example<Python.Input, Ended>> examples() {
        return List.of(
                new Example<>(
                        new Python.Input(
                                "import helper, sys; print(helper.double(sys.stdin.read()), sys.argv[1:])",
                                Optional.of("ab"),
                                Optional.of(Map.of("helper.py", "def double(text): return text * 2")),
                                Optional.of(List.of("-x", "a b")),
                                Optional.empty()),
                        new Ended(0, "abab ['-x', 'a b']\n", "", Optional.empty())),
                new Example<>(
                        Sandboxes.input("import sys; print('no', file=sys.stderr); sys.exit(3)", Optional.empty()),
                        new Ended(3, "", "no\n", Optional.empty())));
    }

    @Override
    protected Map<String, Python.Input> badInputs() {
        return Map.of(
                "too long", Sandboxes.input("1", Optional.of(1e6)),
                "no time", Sandboxes.input("1", Optional.of(0.0)),
                "too much", Sandboxes.input("#".repeat(17 << 20), Optional.empty()),
                "a file in the way", with(Map.of("a", "1", "a/b", "2")),
                "its own file", with(Map.of("main.py", "1")));
    }

    private static Python.Input with(Map<String, String> files) {
        return new Python.Input("1", Optional.empty(), Optional.of(files), Optional.empty(), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "/etc/passwd", "a/../../out", ".hidden", "", "a//b", "a\nb", "a/.."})
    void a_name_that_leads_elsewhere_is_refused(String name) {
        ConnectorException refused =
                Refusals.of(Kind.BAD_INPUT, () -> connector().run(with(Map.of(name, "x")), CallContext.standalone(1)));
        assertThat(refused.what()).contains("is no name of a file");
    }

    @Test
    void a_cancelled_run_is_stopped_in_its_midst() throws Exception {
        Cancellation cancellation = new Cancellation();
        CallContext context = new CallContext("run", "step", "", 1, 1, Duration.ofMinutes(1), cancellation);
        Thread canceller = Thread.ofVirtual().start(() -> {
            while (ProcessHandle.current().descendants().noneMatch(SandboxEscapeTest.saying("cancel_me"))) {
                Thread.onSpinWait();
            }
            cancellation.cancel();
        });
        Python.Input input = new Python.Input(
                "import time; time.sleep(600)",
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of("cancel_me")),
                Optional.of(20.0));
        Refusals.of(Kind.CANCELLED, () -> connector().run(input, context));
        canceller.join();
    }

    @Test
    void a_setting_that_makes_no_sense_is_the_operators_problem() {
        for (String setting :
                List.of("[]", "null", "{\"memory\": -1}", "{\"read\": [\"../x\"]}", "{\"commands\": [\"sort\"]}")) {
            Refusals.of(
                    Kind.BROKEN,
                    () -> new Python(name -> setting)
                            .run(Sandboxes.input("1", Optional.empty()), CallContext.standalone(1)));
        }
    }
}
