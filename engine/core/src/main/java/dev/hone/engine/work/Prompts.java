package dev.hone.engine.work;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.StringLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prompt templates. A template sees maps, lists, texts, numbers and booleans; it can reach no Java method, no file and no
 * other template, and its output is bounded.
 */
public final class Prompts {

    private static final int MAX_OUTPUT = 1_000_000;

    private static final PebbleEngine ENGINE = new PebbleEngine.Builder()
            .loader(new StringLoader())
            .autoEscaping(false)
            .newLineTrimming(false)
            .strictVariables(true)
            .methodAccessValidator((object, method) -> false)
            .maxRenderedSize(MAX_OUTPUT)
            .build();

    private Prompts() {}

    /** PROMPT_FAILED for every written prompt that is no template. */
    public static List<Problem> problems(Workflow workflow) {
        List<Problem> problems = new ArrayList<>();
        workflow.steps().forEach(step -> {
            if (step instanceof Step.Call call) {
                call.prompts().forEach(prompt -> problem(prompt).ifPresent(problems::add));
            }
        });
        return problems;
    }

    private static Optional<Problem> problem(Step.Prompt prompt) {
        return prompt instanceof Step.Prompt.Written(String template, Where where)
                ? problem(template, where)
                : Optional.empty();
    }

    /** PROMPT_FAILED for a text that is no template. @param where the file has it, or the slot that is to hold it */
    static Optional<Problem> problem(String template, Where where) {
        try {
            ENGINE.getTemplate(template);
            return Optional.empty();
        } catch (PebbleException e) {
            return Optional.of(Problem.at(
                    where,
                    ProblemCode.PROMPT_FAILED,
                    "The prompt is no template: " + e.getPebbleMessage() + ".",
                    "See that every '{{' has its '}}', and every '{% if %}' and '{% for %}' its end."));
        }
    }

    /** The text of a prompt for the given inputs, plain Java. */
    static String render(String template, Where where, Map<String, @Nullable Object> inputs) throws StepProblem {
        StringWriter text = new StringWriter();
        try {
            ENGINE.getTemplate(template).evaluate(text, inputs);
        } catch (PebbleException e) {
            throw StepProblem.at(
                    where,
                    ProblemCode.PROMPT_FAILED,
                    "the prompt cannot be written: " + e.getPebbleMessage() + ".",
                    "A prompt may use " + inputs.keySet() + ", the inputs of its call.");
        } catch (IOException e) {
            throw new IllegalStateException("a StringWriter does not fail", e);
        }
        return text.toString();
    }
}
