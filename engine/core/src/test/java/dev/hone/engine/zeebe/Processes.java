package dev.hone.engine.zeebe;

import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.ByteArrayOutputStream;
import java.time.Duration;

/** The processes that these tests run. */
final class Processes {

    static final Duration LEASE = Duration.ofSeconds(60);

    private Processes() {}

    /** {@code each} for every item in parallel, {@code count} until {@code n >= 3}, {@code finish}. */
    static byte[] branchAndLoop() {
        return bytes(Bpmn.createExecutableProcess("branch-and-loop")
                .startEvent()
                .serviceTask("each")
                .zeebeJobType("each")
                .multiInstance(m -> m.parallel()
                        .zeebeInputCollectionExpression("items")
                        .zeebeInputElement("item")
                        .zeebeOutputCollection("results")
                        .zeebeOutputElementExpression("result"))
                .exclusiveGateway("again")
                .serviceTask("count")
                .zeebeJobType("count")
                .exclusiveGateway("enough")
                .defaultFlow()
                .serviceTask("finish")
                .zeebeJobType("finish")
                .endEvent()
                .moveToNode("enough")
                .conditionExpression("n < 3")
                .connectTo("again")
                .done());
    }

    /** One step, then {@code finish}. */
    static byte[] oneStep() {
        return bytes(Bpmn.createExecutableProcess("one-step")
                .startEvent()
                .serviceTask("step")
                .zeebeJobType("step")
                .serviceTask("finish")
                .zeebeJobType("finish")
                .endEvent()
                .done());
    }

    /** A step whose error is caught, and a gateway whose condition is no boolean. */
    static byte[] errorThenIncident() {
        return bytes(Bpmn.createExecutableProcess("error-then-incident")
                .startEvent()
                .serviceTask("step")
                .zeebeJobType("step")
                .endEvent()
                .moveToActivity("step")
                .boundaryEvent("caught", b -> b.error("TOO_BAD"))
                .exclusiveGateway("fork")
                .defaultFlow()
                .endEvent()
                .moveToNode("fork")
                .conditionExpression("missing > 3")
                .endEvent()
                .done());
    }

    private static byte[] bytes(io.camunda.zeebe.model.bpmn.BpmnModelInstance model) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Bpmn.writeModelToStream(out, model);
        return out.toByteArray();
    }
}
