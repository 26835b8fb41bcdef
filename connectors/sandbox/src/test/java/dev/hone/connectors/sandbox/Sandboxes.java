package dev.hone.connectors.sandbox;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A small sandbox for tests. */
final class Sandboxes {

    static final UnaryOperator<String> SMALL = Map.of(
            "HONE_SANDBOX",
            "{\"commands\": [\"/usr/bin/sort\"], \"seconds\": 20, \"memory\": 256, \"processes\": 16, \"disk\": 8,"
                    + " \"output\": 20000}")::get;

    private Sandboxes() {}

    static Ended python(String code) throws ConnectorException {
        return python(code, Optional.empty());
    }

    static Ended python(String code, Optional<Double> seconds) throws ConnectorException {
        return new Python(SMALL).run(input(code, seconds), CallContext.standalone(1));
    }

    static Python.Input input(String code, Optional<Double> seconds) {
        return new Python.Input(code, Optional.empty(), Optional.empty(), Optional.empty(), seconds);
    }
}
