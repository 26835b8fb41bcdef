package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnEdge;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnPlane;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnShape;
import io.camunda.zeebe.model.bpmn.instance.dc.Bounds;
import io.camunda.zeebe.model.bpmn.instance.di.Waypoint;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a diagram of a workflow looks like: nothing lies on anything, and no line runs through what it does not join. */
class DiagramTest {

    private static final double PIXEL = 1;

    /** One plane: where its nodes are, and its lines with the flows that they stand for. */
    private record Drawing(Map<FlowNode, Rectangle2D> shapes, Map<SequenceFlow, List<Waypoint>> lines) {}

    @ParameterizedTest
    @MethodSource("dev.hone.workflows.ModelerTest#diagrams")
    void nothingLiesOnAnythingElse(Path file) throws IOException {
        for (Drawing drawing : drawings(file)) {
            List<FlowNode> nodes = List.copyOf(drawing.shapes().keySet());
            List<String> overlaps = new ArrayList<>();
            for (FlowNode one : nodes) {
                for (FlowNode other : nodes) {
                    if (one.getId().compareTo(other.getId()) < 0
                            && !belong(one, other)
                            && !belong(other, one)
                            && shape(drawing, one).intersects(shape(drawing, other))) {
                        overlaps.add(one.getId() + " on " + other.getId());
                    }
                }
            }
            assertThat(overlaps).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hone.workflows.ModelerTest#diagrams")
    void whatIsInsideOfAMapLiesInside(Path file) throws IOException {
        for (Drawing drawing : drawings(file)) {
            drawing.shapes().forEach((node, shape) -> {
                if (node.getParentElement() instanceof SubProcess around) {
                    assertThat(shape(drawing, around).contains(shape))
                            .as(node.getId() + " in " + around.getId())
                            .isTrue();
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hone.workflows.ModelerTest#diagrams")
    void noLineRunsThroughWhatItDoesNotJoin(Path file) throws IOException {
        for (Drawing drawing : drawings(file)) {
            List<String> crossings = new ArrayList<>();
            drawing.lines().forEach((flow, points) -> {
                Set<FlowNode> joined = new HashSet<>(Set.of(flow.getSource(), flow.getTarget()));
                drawing.shapes().forEach((node, shape) -> {
                    boolean around = joined.contains(node)
                            || contains(node, flow.getSource())
                            || contains(node, flow.getTarget())
                            || (flow.getSource() instanceof BoundaryEvent event
                                    && event.getAttachedTo().equals(node));
                    if (!around && crosses(points, shape)) {
                        crossings.add(flow.getId() + " through " + node.getId());
                    }
                });
            });
            assertThat(crossings).isEmpty();
        }
    }

    private static boolean crosses(List<Waypoint> points, Rectangle2D shape) {
        Rectangle2D inside = new Rectangle2D.Double(
                shape.getX() + PIXEL,
                shape.getY() + PIXEL,
                shape.getWidth() - 2 * PIXEL,
                shape.getHeight() - 2 * PIXEL);
        for (int i = 1; i < points.size(); i++) {
            Waypoint from = points.get(i - 1);
            Waypoint to = points.get(i);
            if (inside.intersectsLine(from.getX(), from.getY(), to.getX(), to.getY())) {
                return true;
            }
        }
        return false;
    }

    /** An event belongs to what it hangs from, and what is inside of a map to the map. */
    private static boolean belong(FlowNode node, FlowNode other) {
        return (node instanceof BoundaryEvent event && event.getAttachedTo().equals(other)) || contains(other, node);
    }

    private static boolean contains(FlowNode outer, FlowNode inner) {
        for (ModelElementInstance at = inner.getParentElement(); at != null; at = at.getParentElement()) {
            if (at.equals(outer)) {
                return true;
            }
        }
        return false;
    }

    private static Rectangle2D shape(Drawing drawing, FlowNode node) {
        return java.util.Objects.requireNonNull(drawing.shapes().get(node));
    }

    private static List<Drawing> drawings(Path file) throws IOException {
        BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
        List<Drawing> drawings = new ArrayList<>();
        for (BpmnPlane plane : model.getModelElementsByType(BpmnPlane.class)) {
            Drawing drawing = new Drawing(new LinkedHashMap<>(), new LinkedHashMap<>());
            for (BpmnShape shape : plane.getChildElementsByType(BpmnShape.class)) {
                Bounds b = shape.getBounds();
                drawing.shapes()
                        .put(
                                (FlowNode) shape.getBpmnElement(),
                                new Rectangle2D.Double(b.getX(), b.getY(), b.getWidth(), b.getHeight()));
            }
            for (BpmnEdge edge : plane.getChildElementsByType(BpmnEdge.class)) {
                drawing.lines().put((SequenceFlow) edge.getBpmnElement(), List.copyOf(edge.getWaypoints()));
            }
            drawings.add(drawing);
        }
        assertThat(drawings).isNotEmpty();
        return drawings;
    }
}
