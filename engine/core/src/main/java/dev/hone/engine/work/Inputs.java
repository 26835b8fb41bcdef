package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Workflow;
import java.util.ArrayList;
import java.util.List;

/** Whether what a caller gives is what a workflow declares. */
public final class Inputs {

    private Inputs() {}

    /** One problem for each input that is absent, of the wrong type or unknown. */
    public static List<Problem> check(Workflow workflow, ObjectNode given) {
        List<Problem> problems = new ArrayList<>();
        workflow.inputs().forEach((name, input) -> {
            JsonNode value = given.get(name);
            if (value == null) {
                problems.add(Problem.at(
                        input.where(),
                        ProblemCode.INPUT_TYPE,
                        "the input " + name + " is missing.",
                        "Give it a value: " + Misfit.describe(input.type()) + "."));
            } else {
                Misfit.of(name, input.type(), value)
                        .forEach(misfit -> problems.add(Problem.at(
                                input.where(),
                                ProblemCode.INPUT_TYPE,
                                "the input " + misfit.path() + " " + misfit.says() + ".",
                                "Give it " + misfit.wanted() + ".")));
            }
        });
        given.fieldNames().forEachRemaining(name -> {
            if (!workflow.inputs().containsKey(name)) {
                problems.add(Problem.at(
                        workflow.where(),
                        ProblemCode.INPUT_TYPE,
                        "the workflow " + workflow.name() + " has no input " + name + ".",
                        "Its inputs are " + String.join(", ", workflow.inputs().keySet()) + "."));
            }
        });
        return problems;
    }
}
