package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;
import java.util.Optional;

final class TellVerb implements Verb {

    static final Form.Key IF = optional("if", Form.FEEL, "Only when this holds.");

    @Override
    public String name() {
        return "tell";
    }

    @Override
    public String says() {
        return "Tells a policy what came of a trial.";
    }

    @Override
    public Form form() {
        java.util.Map<String, Form.Keyed> kinds = new java.util.LinkedHashMap<>();
        kinds.put("score", keyed(required("score", Form.FEEL, "A number, higher is better.")));
        kinds.put("scores", keyed(required("scores", Form.FEEL, "A list of numbers, one for each objective.")));
        kinds.put("prefer", keyed(required("prefer", Form.FEEL, "Which of the picks was better: 1, 2 ...")));
        return new Form.ByKey("'tell'", kinds);
    }

    private static Form.Keyed keyed(Form.Key lesson) {
        return new Form.Keyed(
                "'tell'",
                List.of(
                        required("policy", Form.TEXT, "The policy to tell."),
                        required("trial", Form.FEEL, "The trial, as the choice gave it."),
                        lesson,
                        optional(
                                "made",
                                Form.FEEL,
                                "The artifact that the trial brought forth; the one that entered the policy's pool in this round when absent."),
                        IF,
                        ID));
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        return new Step.Tell(
                step.id(),
                fields.name("policy"),
                fields.expression("trial"),
                lesson(fields),
                fields.optionalExpression("made"),
                fields.optionalExpression("if"),
                step.where());
    }

    private static Step.Lesson lesson(Fields fields) {
        Optional<Step.Lesson> score = fields.optionalExpression("score").map(Step.Lesson.Score::new);
        Optional<Step.Lesson> scores = fields.optionalExpression("scores").map(Step.Lesson.Scores::new);
        return score.or(() -> scores).orElseGet(() -> new Step.Lesson.Prefer(fields.expression("prefer")));
    }
}
