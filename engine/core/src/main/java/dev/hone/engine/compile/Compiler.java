package dev.hone.engine.compile;

import dev.hone.dsl.Problem;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.Sha256;
import dev.hone.engine.rules.DrlText;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Workflow in, program out. Pure: the same workflow gives the same bytes, on any day, in any locale. */
public final class Compiler {

    /** Part of every hash: a change of what compiled programs mean changes it. */
    private static final String FORMAT = "hone-program-2";

    private Compiler() {}

    /** What compiling gives: a program, or every problem that stands in its way. */
    public sealed interface Compilation {
        record Compiled(Program program) implements Compilation {}

        record Refused(List<Problem> problems) implements Compilation {}
    }

    /**
     * Compiles a workflow that the checks found sound.
     *
     * @param texts the sources that the workflow was read from; their bytes are part of the hash
     */
    public static Compilation compile(Workflow workflow, List<String> texts) {
        List<Problem> problems = new ArrayList<>();
        var certificate = Certifier.certify(workflow, Params.defaults(workflow), problems);
        if (certificate.isEmpty()) {
            return new Compilation.Refused(problems);
        }
        List<String> parts = new ArrayList<>(texts);
        parts.addFirst(FORMAT);
        parts.add(workflow.toString());
        String content = Sha256.of(parts.toArray(String[]::new));
        Lowering.Lowered lowered = Lowering.lower(workflow, content.substring(0, 8));
        BpmnModelInstance model = BpmnWriter.write(workflow.name(), lowered, Layout.of(lowered));
        String bpmn = Bpmn.convertToString(model);
        String rules = DrlText.print(workflow.rules(), workflow.params().keySet());
        Map<String, Set<String>> jumps = new LinkedHashMap<>();
        lowered.jumps()
                .forEach(jump -> jumps.computeIfAbsent(jump.element(), e -> new LinkedHashSet<>())
                        .add(jump.code()));
        return new Compilation.Compiled(new Program(
                workflow,
                Sha256.of(FORMAT, workflow.name(), content, bpmn, rules),
                bpmn,
                DiagramPicture.of(workflow.name(), model),
                rules,
                certificate.get(),
                lowered.activities(),
                lowered.scopes(),
                lowered.uses(),
                jumps,
                signals(workflow),
                lowered.sources()));
    }

    private static Map<Step.SignalKind, Set<String>> signals(Workflow workflow) {
        Map<Step.SignalKind, Set<String>> signals = new EnumMap<>(Step.SignalKind.class);
        workflow.steps()
                .forEach(step -> step.signal()
                        .ifPresent(signal -> step.gives()
                                .ifPresent(name -> signals.computeIfAbsent(signal.kind(), k -> new LinkedHashSet<>())
                                        .add(name.name()))));
        return signals;
    }
}
