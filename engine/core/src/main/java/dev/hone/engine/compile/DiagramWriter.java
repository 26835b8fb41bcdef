package dev.hone.engine.compile;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnDiagram;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnEdge;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnPlane;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnShape;
import io.camunda.zeebe.model.bpmn.instance.dc.Bounds;
import io.camunda.zeebe.model.bpmn.instance.di.Waypoint;
import java.util.Map;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Writes the diagram interchange part of a BPMN file. */
final class DiagramWriter {

    private final BpmnModelInstance model;
    private final Layout layout;

    DiagramWriter(BpmnModelInstance model, Layout layout) {
        this.model = model;
        this.layout = layout;
    }

    BpmnDiagram diagram(String name, Process process, Map<String, FlowNode> nodes, Map<String, SequenceFlow> flows) {
        BpmnDiagram diagram = create(BpmnDiagram.class, name);
        BpmnPlane plane = create(BpmnPlane.class, name + ".plane");
        plane.setBpmnElement(process);
        diagram.setBpmnPlane(plane);
        nodes.forEach((id, node) -> plane.addChildElement(shape(id, node)));
        flows.forEach((id, flow) -> plane.addChildElement(edge(id, flow)));
        return diagram;
    }

    private BpmnShape shape(String id, FlowNode node) {
        Layout.Box box = layout.box(id);
        BpmnShape shape = create(BpmnShape.class, id + ".shape");
        shape.setBpmnElement(node);
        if (node instanceof SubProcess) {
            shape.setExpanded(true);
        }
        Bounds bounds = model.newInstance(Bounds.class);
        bounds.setX(box.x());
        bounds.setY(box.y());
        bounds.setWidth(box.width());
        bounds.setHeight(box.height());
        shape.setBounds(bounds);
        return shape;
    }

    private BpmnEdge edge(String id, SequenceFlow flow) {
        BpmnEdge edge = create(BpmnEdge.class, id + ".edge");
        edge.setBpmnElement(flow);
        for (Layout.Point point : layout.line(id)) {
            Waypoint waypoint = model.newInstance(Waypoint.class);
            waypoint.setX(point.x());
            waypoint.setY(point.y());
            edge.addChildElement(waypoint);
        }
        return edge;
    }

    private <T extends ModelElementInstance> T create(Class<T> type, String id) {
        T element = model.newInstance(type);
        element.setAttributeValue("id", id, true, false); // nothing refers to its random id
        return element;
    }
}
