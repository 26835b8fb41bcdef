package dev.hone.dsl;

import dev.hone.dsl.feel.FeelNames;
import dev.hone.dsl.grammar.FormCheck;
import dev.hone.dsl.grammar.PersonGrammar;
import dev.hone.dsl.yaml.Yaml;
import dev.hone.dsl.yaml.YamlParser;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A person who is played by a script: what they answer to each human step of a workflow. It stands outside of the workflow,
 * as people do, and may know what the workflow's steps must not.
 *
 * @param answers by the id of the step
 */
public record ScriptedPerson(Map<String, Script> answers) {

    /** The names that every expression of a script can read, besides what is shown, the inputs and the parameters. */
    public static final List<String> NAMES = List.of("round", "at", "random", "normal");

    /** What an answer to a form consists of. */
    public enum Field {
        RATING,
        CHOICE,
        TEXT,
        LABEL,
        APPROVED;

        public static Field of(Step.HumanForm form) {
            return switch (form) {
                case RATE -> RATING;
                case PAIR, KWISE -> CHOICE;
                case CORRECT, IMPROVE, DEMONSTRATE, EDIT, INTERRUPT -> TEXT;
                case LABEL -> LABEL;
                case APPROVE -> APPROVED;
            };
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How one step is answered.
     *
     * @param answer the value of the field; when it is null the person says nothing
     * @param error how likely they choose, or approve, anything else, from 0 to 1
     * @param delay seconds that pass before they answer
     * @param seconds that they are said to have taken, without anybody waiting; those of {@code delay} when absent
     */
    public record Script(
            Field field,
            Value answer,
            Optional<Expression> error,
            Optional<Expression> delay,
            Optional<Expression> seconds,
            Where where) {

        private Stream<Expression> expressions() {
            Stream<Expression> computed =
                    answer instanceof Value.Computed(Expression expression) ? Stream.of(expression) : Stream.empty();
            return Stream.concat(computed, Stream.of(error, delay, seconds).flatMap(Optional::stream));
        }

        private void check(Step.Human step, Workflow workflow, Problems problems) {
            Field wanted = Field.of(step.form());
            if (field != wanted) {
                problems.add(
                        where,
                        ProblemCode.WRONG_TYPE,
                        "The step " + step.id() + " asks for a " + wanted.word() + ", not for a " + field.word() + ".",
                        "Give '" + wanted.word() + "'.");
            }
            Set<String> known = new HashSet<>(NAMES);
            known.addAll(step.show().keySet());
            known.addAll(workflow.inputs().keySet());
            known.addAll(workflow.params().keySet());
            expressions()
                    .forEach(expression -> FeelNames.free(expression.feel()).stream()
                            .filter(path -> !path.inFilter() && !known.contains(path.root()))
                            .forEach(path -> problems.add(
                                    expression.where(),
                                    ProblemCode.UNKNOWN_NAME,
                                    "A person who is asked " + step.id() + " sees no '" + path.root() + "'.",
                                    Nearest.to(path.root(), known)
                                            .map(near -> "Did you mean '" + near + "'?")
                                            .orElse("They know what is shown, the inputs, the parameters, and "
                                                    + String.join(", ", NAMES) + "."))));
        }
    }

    /** What comes of reading a script. */
    public sealed interface Reading {

        record Read(ScriptedPerson person) implements Reading {}

        /** @param problems at least one, in the order of the file */
        record Refused(List<Problem> problems) implements Reading {}
    }

    public ScriptedPerson {
        answers = Map.copyOf(answers);
    }

    /**
     * Reads a script: {@code person: 1} and {@code answers: {STEP: {FIELD: value, error, delay, seconds}}}.
     *
     * @param file the name to use in problems; it is not opened
     */
    public static Reading read(String file, String text) {
        Problems problems = new Problems();
        Optional<Yaml> root = YamlParser.parse(file, text, problems);
        root.ifPresent(yaml -> FormCheck.check(yaml, PersonGrammar.FORM, problems));
        return root.isEmpty() || !problems.isEmpty()
                ? new Reading.Refused(problems.inOrder())
                : new Reading.Read(PersonGrammar.read(root.get()));
    }

    /** How a step is answered; empty when the person is not the one to ask. */
    public Optional<Script> answer(String step) {
        return Optional.ofNullable(answers.get(step));
    }

    /** What the script gets wrong about a workflow: steps that it does not have, other forms, unknown names. */
    public List<Problem> check(Workflow workflow) {
        Problems problems = new Problems();
        answers.forEach((id, script) -> {
            Optional<Step.Human> step = step(workflow, id);
            if (step.isEmpty()) {
                List<String> known = humans(workflow).map(Step.Human::id).toList();
                problems.add(
                        script.where(),
                        ProblemCode.UNKNOWN_TARGET,
                        "The workflow " + workflow.name() + " has no human step '" + id + "'.",
                        known.isEmpty()
                                ? "It asks nobody anything."
                                : Nearest.to(id, known)
                                        .map(near -> "Did you mean '" + near + "'?")
                                        .orElse("Its human steps are " + String.join(", ", known) + "."));
            } else {
                script.check(step.get(), workflow, problems);
            }
        });
        return problems.inOrder();
    }

    private static Stream<Step.Human> humans(Workflow workflow) {
        return workflow.steps().filter(Step.Human.class::isInstance).map(Step.Human.class::cast);
    }

    private static Optional<Step.Human> step(Workflow workflow, String id) {
        return humans(workflow).filter(human -> human.id().equals(id)).findFirst();
    }
}
