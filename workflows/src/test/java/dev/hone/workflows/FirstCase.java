package dev.hone.workflows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.Engine;
import dev.hone.engine.RunRequest;
import dev.hone.engine.Source;
import dev.hone.engine.work.Json;

/** A workflow of the catalogue on the first of the inputs that are bundled with it. */
record FirstCase(Source source, RunRequest request) {

    static FirstCase of(String name) {
        Catalogue.Entry entry = Catalogue.find(name).orElseThrow();
        ObjectNode inputs = (ObjectNode) Json.read(entry.inputs().getFirst());
        return new FirstCase(new Source(name + "/workflow.yaml", entry.text()), RunRequest.of(inputs));
    }

    /** @return the run's id */
    String start(Engine engine) {
        return engine.start(engine.deploy(source), request);
    }
}
