package dev.hone.dsl.edit;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Reading;
import dev.hone.dsl.Step;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.WorkflowReader;
import dev.hone.dsl.yaml.Yaml;
import dev.hone.dsl.yaml.YamlParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A readable file: its text, what it says, and where its steps stand.
 *
 * @param ids of every step by the place of its verb
 * @param steps by id, in the order of the file
 * @param bodies by name: {@code flow}, {@code ID.do}, {@code ID.else}
 */
record Source(
        Page page, Workflow workflow, Map<Where, String> ids, Map<String, StepPlace> steps, Map<String, Body> bodies) {

    /**
     * @param path of the mapping that the step is
     * @param verb the key that says what the step does
     */
    record StepPlace(String id, List<String> path, Yaml.Fields node, String verb, String body, int index) {}

    record Body(String name, List<String> path, Yaml.Items list) {}

    /** @param text without a byte order mark */
    static Source read(String file, String text) throws Refusal {
        Workflow workflow = switch (WorkflowReader.read(file, text)) {
            case Reading.Parsed(Workflow parsed) -> parsed;
            case Reading.Refused(List<Problem> problems) -> throw unreadable(problems);
        };
        Yaml root = YamlParser.parse(file, text, new Problems()).orElseThrow();
        Map<Where, String> ids = new HashMap<>();
        Records.all(workflow, Step.class).forEach(step -> ids.put(step.where(), step.id()));
        Source source = new Source(Page.of(text, root), workflow, ids, new LinkedHashMap<>(), new LinkedHashMap<>());
        if (root instanceof Yaml.Fields fields) {
            source.body("flow", List.of("flow"), fields.entries().get("flow"));
        }
        return source;
    }

    private static Refusal unreadable(List<Problem> problems) {
        boolean anchors = problems.stream().anyMatch(problem -> problem.code() == ProblemCode.YAML_UNSUPPORTED);
        return Refusal.because(
                anchors
                        ? "The file uses a part of YAML that workflows do not have, such as anchors."
                        : "The file has mistakes.",
                "Correct it in the text first; commands change only a file that can be read.",
                problems);
    }

    private void body(String name, List<String> path, Yaml.@org.jspecify.annotations.Nullable Entry entry) {
        if (entry == null || !(entry.value() instanceof Yaml.Items list)) {
            return;
        }
        bodies.put(name, new Body(name, path, list));
        for (int i = 0; i < list.items().size(); i++) {
            if (list.items().get(i) instanceof Yaml.Fields step) {
                step(step, Trees.join(path, String.valueOf(i)), name, i);
            }
        }
    }

    private void step(Yaml.Fields node, List<String> path, String body, int index) {
        for (var entry : node.entries().entrySet()) {
            String id = ids.get(entry.getValue().where());
            if (id != null) {
                String verb = entry.getKey();
                steps.put(id, new StepPlace(id, path, node, verb, body, index));
                for (String key : List.of("do", "else")) {
                    if (entry.getValue().value() instanceof Yaml.Fields inside) {
                        body(
                                id + "." + key,
                                Trees.join(path, verb, key),
                                inside.entries().get(key));
                    }
                    body(id + "." + key, Trees.join(path, key), node.entries().get(key));
                }
            }
        }
    }

    StepPlace step(String id) throws Refusal {
        StepPlace place = steps.get(id);
        if (place == null) {
            throw Refusal.of("There is no step '" + id + "'.", "Name one of " + shown(steps.keySet()) + ".");
        }
        return place;
    }

    Body body(String name) throws Refusal {
        Body body = bodies.get(name);
        if (body == null) {
            throw Refusal.of(
                    "There is no list of steps '" + name + "'.", "Name one of " + shown(bodies.keySet()) + ".");
        }
        return body;
    }

    private static String shown(java.util.Set<String> names) {
        return names.isEmpty()
                ? "none"
                : names.stream().limit(12).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    /** Whether the node at the path stands between brackets that belong to something around it. */
    boolean isInBrackets(List<String> path) {
        for (int depth = 0; depth < path.size(); depth++) {
            if (Trees.at(page.root(), path.subList(0, depth))
                    .filter(node -> node.span().inline())
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The comments that stay when those of some stretches vanish and others come. */
    List<String> comments(List<Yaml.Span> without, List<String> and) {
        List<String> comments = new ArrayList<>(and);
        page.comments().stream()
                .filter(comment ->
                        without.stream().noneMatch(span -> comment.from() >= span.from() && comment.from() < span.to()))
                .map(Page.Comment::text)
                .forEach(comments::add);
        return comments;
    }

    Yaml.Span span(int firstLine, int lastLine) {
        return new Yaml.Span(page.lines().start(firstLine), page.lines().start(lastLine + 1), false);
    }
}
