package dev.hone.workflows.paths;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.Question;
import dev.hone.engine.work.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One run of a workflow.
 *
 * @param models what a model answers to a message
 * @param people what somebody answers to a question; nothing lets it wait
 * @param variant what of the file's text is other, where only another budget leads down a path
 */
record Try(
        ObjectNode inputs,
        Map<String, Object> params,
        UnaryOperator<String> models,
        Function<Question, Optional<ObjectNode>> people,
        Map<String, String> variant) {

    static Try of(String inputs, UnaryOperator<String> models) {
        return new Try((ObjectNode) Json.read(inputs), Map.of(), models, question -> Optional.empty(), Map.of());
    }

    Try with(String param, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(params);
        more.put(param, value);
        return new Try(inputs, more, models, people, variant);
    }

    Try answered(Function<Question, ObjectNode> answers) {
        return new Try(inputs, params, models, question -> Optional.of(answers.apply(question)), variant);
    }

    Try but(String old, String replacement) {
        return new Try(inputs, params, models, people, Map.of(old, replacement));
    }
}
