package dev.hone.workflows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.Engine;
import dev.hone.engine.PersonFile;
import dev.hone.engine.RunRequest;
import dev.hone.engine.Source;
import dev.hone.engine.work.Json;
import java.util.Map;

/** A workflow of the catalogue on the first of the inputs that are bundled with it, and with its scripted person. */
record FirstCase(Source source, RunRequest request) {

    /** Parameters with which the long ones take less time, and still all of their turns. */
    private static final Map<String, Map<String, Integer>> SHORTER = Map.of(
            "apohf", Map.of("turns", 8),
            "card", Map.of("rounds", 4),
            "deep-tamer", Map.of("walks", 2, "questions", 12, "practice", 40),
            "negotiation", Map.of("games", 3),
            "prompt-control", Map.of("rounds", 16),
            "raft", Map.of("batches", 2, "checks", 1, "rounds", 2, "tries", 2),
            "rest-em", Map.of("batches", 2, "checks", 1, "rounds", 2, "tries", 2));

    static FirstCase of(String name) {
        Catalogue.Entry entry = Catalogue.find(name).orElseThrow();
        ObjectNode inputs = (ObjectNode) Json.read(entry.inputs().getFirst());
        RunRequest request = RunRequest.of(inputs);
        for (Map.Entry<String, Integer> shorter :
                SHORTER.getOrDefault(name, Map.of()).entrySet()) {
            request = request.withParam(shorter.getKey(), shorter.getValue());
        }
        return new FirstCase(
                Source.of(name + "/workflow.yaml", entry.text(), entry::file), attended(name, entry, request));
    }

    private static RunRequest attended(String name, Catalogue.Entry entry, RunRequest request) {
        return entry.file("person.yaml")
                .map(script -> request.withPerson(new PersonFile(name + "/person.yaml", script)))
                .orElse(request);
    }

    /** @return the run's id */
    String start(Engine engine) {
        return engine.start(engine.deploy(source), request);
    }
}
