package dev.hone.connectors.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.ConnectorContract;
import dev.hone.connectors.testkit.Refusals;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandTest extends ConnectorContract<Command.Input, Ended> {

    @Override
    protected Connector<Command.Input, Ended> connector() {
        return new Command(Sandboxes.SMALL);
    }

    @Override
    protected List<Example<Command.Input, Ended>> examples() {
        return List.of(
                new Example<>(
                        input(List.of("/usr/bin/sort", "-r"), "a\nc\nb\n", Map.of()),
                        new Ended(0, "c\nb\na\n", "", Optional.empty())),
                new Example<>(
                        input(List.of("/usr/bin/sort", "sub/list.txt"), "", Map.of("sub/list.txt", "2\n1\n")),
                        new Ended(0, "1\n2\n", "", Optional.empty())));
    }

    @Override
    protected Map<String, Command.Input> badInputs() {
        return Map.of(
                "no program", input(List.of(), "", Map.of()),
                "a zero character", input(List.of("/usr/bin/sort", "a\0b"), "", Map.of()),
                "too many words", input(Collections.nCopies(101, "/usr/bin/sort"), "", Map.of()));
    }

    private static Command.Input input(List<String> command, String stdin, Map<String, String> files) {
        return new Command.Input(command, Optional.of(stdin), Optional.of(files), Optional.empty());
    }

    @Test
    void a_program_that_the_operator_did_not_name_is_denied() {
        for (String program : List.of("/bin/sh", "sort", "/usr/bin/../bin/sort")) {
            ConnectorException denied = Refusals.of(
                    Kind.DENIED,
                    () -> connector().run(input(List.of(program), "", Map.of()), CallContext.standalone(1)));
            assertThat(denied.fix()).contains("HONE_SANDBOX");
        }
    }
}
