package dev.hone.engine.compile;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.impl.BpmnModelConstants;
import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.BpmnModelElementInstance;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.ConditionExpression;
import io.camunda.zeebe.model.bpmn.instance.Definitions;
import io.camunda.zeebe.model.bpmn.instance.EndEvent;
import io.camunda.zeebe.model.bpmn.instance.Error;
import io.camunda.zeebe.model.bpmn.instance.ErrorEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.ExclusiveGateway;
import io.camunda.zeebe.model.bpmn.instance.ExtensionElements;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.IntermediateThrowEvent;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.TimeDuration;
import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.UserTask;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnDiagram;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledElement;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeInput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeIoMapping;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeLoopCharacteristics;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeOutput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeSubscription;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeUserTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.instance.DomElement;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Writes a lowered and placed workflow as BPMN 2.0 of the Zeebe 8.5 subset. */
final class BpmnWriter {

    /** A job is tried this often before the engine ends the run; the engine itself counts. */
    private static final String RETRIES = "1000";

    private static final String MODELER = "http://camunda.org/schema/modeler/1.0";

    private final BpmnModelInstance model = Bpmn.createEmptyModel();
    private final Map<String, FlowNode> nodes = new LinkedHashMap<>();
    private final Map<String, SequenceFlow> flows = new LinkedHashMap<>();
    private final Map<String, Error> errors = new LinkedHashMap<>();
    private final Lowering.Lowered lowered;
    private final Map<String, Message> messages = new LinkedHashMap<>();

    private BpmnWriter(Lowering.Lowered lowered) {
        this.lowered = lowered;
    }

    static BpmnModelInstance write(String name, Lowering.Lowered lowered, Layout layout) {
        return new BpmnWriter(lowered).write(name, layout);
    }

    private BpmnModelInstance write(String name, Layout layout) {
        Definitions definitions = create(Definitions.class, besides("definitions"));
        definitions.setTargetNamespace("https://hone.dev/workflows");
        definitions.setExporter("Hone");
        model.setDefinitions(definitions);
        DomElement root = definitions.getDomElement();
        root.registerNamespace("zeebe", BpmnModelConstants.ZEEBE_NS);
        root.registerNamespace("modeler", MODELER);
        root.setAttribute(MODELER, "executionPlatform", "Camunda Cloud");
        root.setAttribute(MODELER, "executionPlatformVersion", "8.5.0");
        for (String code : codes()) {
            Error error = create(Error.class, "error." + code.replace(':', '.'));
            error.setErrorCode(code);
            error.setName(code);
            definitions.addChildElement(error);
            errors.put(code, error);
        }
        lowered.processes().stream()
                .flatMap(BpmnWriter::everywhere)
                .filter(Node.Person.class::isInstance)
                .forEach(node -> addMessage(definitions, (Node.Person) node));
        DiagramWriter diagrams = new DiagramWriter(model, layout);
        List<BpmnDiagram> drawn = new ArrayList<>();
        Process process = process(definitions, besides(name), name);
        addLevel(process, lowered.main());
        lowered.interruptions().forEach(interruption -> addNode(process, interruption));
        drawn.add(diagrams.diagram(besides("diagram"), process, nodes, flows));
        lowered.called().forEach((id, block) -> {
            Set<String> before = Set.copyOf(nodes.keySet());
            Set<String> flowsBefore = Set.copyOf(flows.keySet());
            Process part = process(definitions, id, id);
            addLevel(part, block);
            drawn.add(diagrams.diagram(id + ".diagram", part, without(nodes, before), without(flows, flowsBefore)));
        });
        drawn.forEach(definitions::addChildElement);
        return model;
    }

    /** An id that no step has: a workflow may have the name of one of its steps. */
    private String besides(String id) {
        boolean taken = lowered.processes().stream()
                .flatMap(BpmnWriter::everywhere)
                .anyMatch(node -> node.id().equals(id));
        return taken ? id + ".whole" : id;
    }

    /** One for each person's task: a message knows the variable that it is correlated by. */
    private void addMessage(Definitions definitions, Node.Person person) {
        Message message = create(Message.class, "message." + person.id());
        message.setName(Program.answerTo(person.id()));
        definitions.addChildElement(message);
        extension(message, ZeebeSubscription.class).setCorrelationKey("=" + person.key());
        messages.put(person.id(), message);
    }

    private Process process(Definitions definitions, String id, String name) {
        Process process = create(Process.class, id);
        process.setName(name);
        process.setExecutable(true);
        definitions.addChildElement(process);
        return process;
    }

    /** Of a process that is written later only what is its own. */
    private static <T> Map<String, T> without(Map<String, T> all, Set<String> before) {
        Map<String, T> rest = new LinkedHashMap<>(all);
        rest.keySet().removeAll(before);
        return rest;
    }

    /** The nodes of a block, those inside of sub-processes too. */
    private static Stream<Node> everywhere(Block block) {
        return Nodes.onLevel(block).stream()
                .flatMap(node -> node instanceof Node.Fan fan
                        ? Stream.concat(Stream.of(node), everywhere(fan.body()))
                        : Stream.of(node));
    }

    private List<String> codes() {
        List<String> codes = new ArrayList<>(List.of(Program.STOP));
        lowered.jumps().stream()
                .map(Jump::code)
                .filter(code -> !codes.contains(code))
                .forEach(codes::add);
        return codes;
    }

    /** Adds the nodes and flows of a process or sub-process, then the jumps that start on it. */
    private void addLevel(ModelElementInstance parent, Block level) {
        List<Node> here = Nodes.onLevel(level);
        here.forEach(node -> addNode(parent, node));
        for (Jump jump : lowered.jumps()) {
            String boundary = Wiring.boundaryOf(jump);
            if (nodes.containsKey(boundary) || here.stream().noneMatch(n -> n.id().equals(jump.host()))) {
                continue;
            }
            BoundaryEvent event = boundary(
                    parent, boundary, jump.code().replace(':', ' '), (io.camunda.zeebe.model.bpmn.instance.Activity)
                            node(jump.host()));
            event.addChildElement(errorDefinition(boundary, jump.code()));
            jump.counter()
                    .ifPresent(counter ->
                            extension(event, ZeebeIoMapping.class).addChildElement(output(counter + " + 1", counter)));
        }
        Wiring.flows(level).forEach(flow -> addFlow(parent, flow));
        for (Jump jump : lowered.jumps()) {
            if (!flows.containsKey(Wiring.flow(jump).id()) && here.stream().anyMatch(n -> n.id().equals(jump.host()))) {
                addFlow(parent, Wiring.flow(jump));
            }
        }
    }

    private void addNode(ModelElementInstance parent, Node node) {
        switch (node) {
            case Node.Task task -> {
                ServiceTask element = add(parent, ServiceTask.class, task);
                ZeebeTaskDefinition definition = extension(element, ZeebeTaskDefinition.class);
                definition.setType(Program.jobTypeExpression());
                definition.setRetries(RETRIES);
            }
            case Node.Start start -> addStart(parent, start);
            case Node.End end -> add(parent, EndEvent.class, end);
            case Node.Gateway gateway -> add(parent, ExclusiveGateway.class, gateway);
            case Node.FirstRound first -> {
                IntermediateThrowEvent element = add(parent, IntermediateThrowEvent.class, first);
                ZeebeIoMapping mapping = extension(element, ZeebeIoMapping.class);
                mapping.addChildElement(output("1", first.counter()));
            }
            case Node.Fan fan -> addFan(parent, fan);
            case Node.Interruption interruption -> {
                SubProcess element = add(parent, SubProcess.class, interruption);
                element.setTriggeredByEvent(true);
                addLevel(element, interruption.body());
            }
            case Node.Called called -> {
                CallActivity element = add(parent, CallActivity.class, called);
                ZeebeCalledElement definition = extension(element, ZeebeCalledElement.class);
                definition.setProcessId(called.process());
                definition.setPropagateAllChildVariablesEnabled(false);
            }
            case Node.Person person -> addPerson(parent, person);
        }
    }

    private void addStart(ModelElementInstance parent, Node.Start start) {
        StartEvent element = add(parent, StartEvent.class, start);
        switch (start.trigger()) {
            case Node.Trigger.Called called -> {}
            case Node.Trigger.Error error -> {
                element.setInterrupting(true);
                element.addChildElement(errorDefinition(start.id(), error.code()));
            }
            case Node.Trigger.Timer timer -> {
                element.setInterrupting(true);
                element.addChildElement(timer(start.id(), timer.duration()));
            }
        }
    }

    /** A user task of the broker's own kind, which needs no worker; the message and the timer lead on from its boundary. */
    private void addPerson(ModelElementInstance parent, Node.Person person) {
        UserTask element = add(parent, UserTask.class, person);
        extension(element, ZeebeUserTask.class);
        BoundaryEvent replied = boundary(parent, person.replied(), "answered", element);
        MessageEventDefinition definition = create(MessageEventDefinition.class, person.replied() + ".definition");
        definition.setMessage(java.util.Objects.requireNonNull(messages.get(person.id())));
        replied.addChildElement(definition);
        person.patience().ifPresent(patience -> {
            BoundaryEvent late = boundary(parent, person.timedOut(), "nobody answered", element);
            late.addChildElement(timer(person.timedOut(), "duration(" + patience + ")"));
        });
    }

    private BoundaryEvent boundary(
            ModelElementInstance parent, String id, String name, io.camunda.zeebe.model.bpmn.instance.Activity host) {
        BoundaryEvent event = create(BoundaryEvent.class, id);
        event.setName(name);
        parent.addChildElement(event);
        event.setAttachedTo(host);
        nodes.put(id, event);
        return event;
    }

    private TimerEventDefinition timer(String owner, String expression) {
        TimerEventDefinition definition = create(TimerEventDefinition.class, owner + ".timer");
        TimeDuration duration = create(TimeDuration.class, owner + ".duration");
        duration.setTextContent("=" + expression);
        definition.setTimeDuration(duration);
        return definition;
    }

    private void addFan(ModelElementInstance parent, Node.Fan fan) {
        SubProcess element = add(parent, SubProcess.class, fan);
        ZeebeIoMapping mapping = extension(element, ZeebeIoMapping.class);
        fan.locals().forEach(local -> mapping.addChildElement(input(local)));
        MultiInstanceLoopCharacteristics many = create(MultiInstanceLoopCharacteristics.class, fan.id() + ".instances");
        many.setSequential(!fan.parallel());
        element.addChildElement(many);
        ZeebeLoopCharacteristics characteristics = extension(many, ZeebeLoopCharacteristics.class);
        characteristics.setInputCollection("=" + fan.items());
        characteristics.setInputElement(fan.index());
        addLevel(element, fan.body());
    }

    private void addFlow(ModelElementInstance parent, Flow flow) {
        SequenceFlow element = create(SequenceFlow.class, flow.id());
        if (!flow.label().isEmpty()) {
            element.setName(flow.label());
        }
        parent.addChildElement(element);
        FlowNode from = node(flow.from());
        FlowNode to = node(flow.to());
        element.setSource(from);
        element.setTarget(to);
        from.getOutgoing().add(element);
        to.getIncoming().add(element);
        flow.condition()
                .ifPresentOrElse(
                        condition -> {
                            ConditionExpression expression =
                                    create(ConditionExpression.class, flow.id() + ".condition");
                            expression.setTextContent("=" + condition);
                            element.setConditionExpression(expression);
                        },
                        () -> {
                            if (from instanceof ExclusiveGateway gateway && isSplit(flow.from())) {
                                gateway.setDefault(element);
                            }
                        });
        flows.put(flow.id(), element);
    }

    private static boolean isSplit(String gateway) {
        return gateway.endsWith(".again") || gateway.endsWith(".split");
    }

    private ErrorEventDefinition errorDefinition(String owner, String code) {
        ErrorEventDefinition definition = create(ErrorEventDefinition.class, owner + ".definition");
        definition.setError(java.util.Objects.requireNonNull(errors.get(code), code));
        return definition;
    }

    private ZeebeInput input(Node.Local local) {
        ZeebeInput input = model.newInstance(ZeebeInput.class);
        input.setSource("=" + local.initial());
        input.setTarget(local.variable());
        return input;
    }

    private ZeebeOutput output(String expression, String variable) {
        ZeebeOutput output = model.newInstance(ZeebeOutput.class);
        output.setSource("=" + expression);
        output.setTarget(variable);
        return output;
    }

    private FlowNode node(String id) {
        return java.util.Objects.requireNonNull(nodes.get(id), id);
    }

    private <T extends FlowNode> T add(ModelElementInstance parent, Class<T> type, Node node) {
        T element = create(type, node.id());
        if (!node.label().isEmpty()) {
            ((FlowElement) element).setName(node.label());
        }
        parent.addChildElement(element);
        nodes.put(node.id(), element);
        return element;
    }

    private <T extends BpmnModelElementInstance> T extension(BaseElement element, Class<T> type) {
        ExtensionElements extensions = element.getExtensionElements();
        if (extensions == null) {
            extensions = model.newInstance(ExtensionElements.class);
            element.setExtensionElements(extensions);
        }
        T extension = model.newInstance(type);
        extensions.addChildElement(extension);
        return extension;
    }

    /** The model API gives new elements random ids; every one is replaced, so that equal input gives equal bytes. */
    private <T extends ModelElementInstance> T create(Class<T> type, String id) {
        T element = model.newInstance(type);
        element.setAttributeValue("id", id, true, false); // nothing refers to its random id
        return element;
    }
}
