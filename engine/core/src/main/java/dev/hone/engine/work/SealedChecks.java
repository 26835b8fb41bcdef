package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.Judgement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the sealed checks of a workflow say of a value, performed as the end of a run performs them. */
final class SealedChecks {

    /** How a check's tool is run. */
    interface Performed {
        JsonNode by(String tool, ObjectNode input) throws ConnectorException;
    }

    private SealedChecks() {}

    /** Where the check of an index, from 0, stands in a run. */
    static String element(int index) {
        return "measure." + (index + 1);
    }

    /** What all checks say of a value; the run hears nothing of it, and nothing is written. */
    static Judgement judge(Run run, JsonNode value, Tools tools) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        Optional<Problem> problem = Optional.empty();
        List<Workflow.Check> checks = run.workflow().measure().checks();
        for (int i = 0; i < checks.size(); i++) {
            Site at = new Site(run, element(i), Iteration.TOP);
            try {
                all.putAll(report(
                        at,
                        checks.get(i),
                        value,
                        (tool, input) -> tools.run(tool, input, run.context(at, 1, at.seed()))));
            } catch (StepProblem e) {
                problem = Optional.of(e.problem());
            }
        }
        return new Judgement(all, problem);
    }

    /** What one check reports of a value, by name. */
    static Map<String, JsonNode> report(Site at, Workflow.Check check, JsonNode result, Performed performed)
            throws StepProblem {
        Map<String, JsonNode> report = new LinkedHashMap<>();
        try {
            JsonNode out = performed.by(check.tool().name(), at.object(check.in(), Map.of("result", result)));
            for (var entry : check.report().entrySet()) {
                report.put(entry.getKey(), Json.node(at.evaluate(entry.getValue(), Map.of("out", out))));
            }
        } catch (ProblemInside e) {
            throw new StepProblem(e.problem());
        } catch (ConnectorException e) {
            throw StepProblem.at(check.where(), ProblemCode.TOOL_FAILED, sentence(e.what()), sentence(e.fix()));
        }
        return report;
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
