package dev.hone.workflows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.Engine;
import dev.hone.engine.PersonFile;
import dev.hone.engine.RunRequest;
import dev.hone.engine.Source;
import dev.hone.engine.work.Json;

/** A workflow of the catalogue on the first of the inputs that are bundled with it, and with its scripted person. */
record FirstCase(Source source, RunRequest request) {

    static FirstCase of(String name) {
        Catalogue.Entry entry = Catalogue.find(name).orElseThrow();
        ObjectNode inputs = (ObjectNode) Json.read(entry.inputs().getFirst());
        RunRequest request = RunRequest.of(inputs);
        return new FirstCase(
                Source.of(name + "/workflow.yaml", entry.text(), entry::file),
                entry.file("person.yaml")
                        .map(script -> request.withPerson(new PersonFile(name + "/person.yaml", script)))
                        .orElse(request));
    }

    /** @return the run's id */
    String start(Engine engine) {
        return engine.start(engine.deploy(source), request);
    }
}
