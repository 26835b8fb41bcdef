package dev.hone.engine.compile;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.Activity;
import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.EndEvent;
import io.camunda.zeebe.model.bpmn.instance.ErrorEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.Gateway;
import io.camunda.zeebe.model.bpmn.instance.IntermediateThrowEvent;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.UserTask;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnEdge;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnShape;
import io.camunda.zeebe.model.bpmn.instance.dc.Bounds;
import io.camunda.zeebe.model.bpmn.instance.di.Waypoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Draws the diagram of a BPMN model as a picture (SVG 1.1), for pages that have no modeler. */
final class DiagramPicture {

    private static final int MARGIN = 20;

    /** How wide a letter is on average, in pixels, at the size that labels have. */
    private static final int LETTER = 6;

    private static final int LINE_HEIGHT = 13;

    /** In a line beneath an event. */
    private static final int EVENT_LETTERS = 16;

    private static final String STYLE = """
            <style>
              svg { background: #ffffff }
              text { font: 11px sans-serif; fill: #1f2328; text-anchor: middle }
              .shape, .mark { fill: #ffffff; stroke: #1f2328; stroke-width: 1.5 }
              .mark { fill: none; stroke-width: 1.2 }
              .frame { fill: #f6f8fa }
              .thick { stroke-width: 3 }
              .aside { stroke-dasharray: 5 3 }
              .flow { fill: none; stroke: #57606a; stroke-width: 1.2; marker-end: url(#arrow) }
            </style>
            <defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">
              <path d="M0,1 L10,5 L0,9 z" fill="#57606a"/></marker></defs>
            """;

    private final StringBuilder frames = new StringBuilder();
    private final StringBuilder lines = new StringBuilder();
    private final StringBuilder shapes = new StringBuilder();
    private double left = Double.MAX_VALUE;
    private double top = Double.MAX_VALUE;
    private double right;
    private double bottom;

    private DiagramPicture() {}

    /** Those of the workflows that it uses above its own. */
    static String of(String name, BpmnModelInstance model) {
        return new DiagramPicture().draw(name, model);
    }

    private String draw(String name, BpmnModelInstance model) {
        model.getModelElementsByType(BpmnShape.class).forEach(this::shape);
        model.getModelElementsByType(BpmnEdge.class).forEach(this::edge);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="%d %d %d %d" role="img" aria-label="%s">
                """.formatted(
                                Math.round(left) - MARGIN,
                                Math.round(top) - MARGIN,
                                Math.round(right - left) + 2 * MARGIN,
                                Math.round(bottom - top) + 2 * MARGIN,
                                escaped(name))
                + STYLE
                + frames
                + lines
                + shapes
                + "</svg>\n";
    }

    // --- shapes

    private void shape(BpmnShape shape) {
        Bounds box = shape.getBounds();
        reach(box.getX(), box.getY());
        reach(box.getX() + box.getWidth(), box.getY() + box.getHeight());
        BaseElement element = Objects.requireNonNull(shape.getBpmnElement());
        String label = element instanceof FlowElement named ? Objects.requireNonNullElse(named.getName(), "") : "";
        switch (element) {
            case SubProcess part -> frame(part, label, box);
            case Activity task -> task(task, label, box);
            case Gateway gateway -> gateway(label, box);
            default -> event(element, label, box);
        }
    }

    private void frame(SubProcess part, String label, Bounds box) {
        frames.append(rectangle(box, "shape frame" + (part.triggeredByEvent() ? " aside" : "")));
        frames.append(text(label, box.getX() + box.getWidth() / 2, box.getY() + 16));
        if (part.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics many) {
            double x = box.getX() + box.getWidth() / 2;
            double y = box.getY() + box.getHeight() - 14;
            String path =
                    many.isSequential() ? "M%1$s,%3$s h10 m-10,4 h10 m-10,4 h10" : "M%2$s,%3$s v9 m4,-9 v9 m4,-9 v9";
            frames.append(mark(path.formatted(number(x - 5), number(x - 4), number(y))));
        }
    }

    private void task(Activity task, String label, Bounds box) {
        shapes.append(rectangle(box, task instanceof CallActivity ? "shape thick" : "shape"));
        if (task instanceof UserTask) {
            shapes.append(mark("M%1$s,%2$s a4,4 0 1,1 0.1,0 z m-6,10 q0,-8 6,-8 q6,0 6,8 z"
                    .formatted(number(box.getX() + 14), number(box.getY() + 14))));
        }
        List<String> words = wrapped(label, (int) (box.getWidth() / LETTER) - 1);
        double first = box.getY() + box.getHeight() / 2 - (words.size() - 1) * LINE_HEIGHT / 2.0 + 4;
        column(words, box.getX() + box.getWidth() / 2, first);
    }

    private void gateway(String label, Bounds box) {
        double x = box.getX();
        double y = box.getY();
        double half = box.getWidth() / 2;
        shapes.append("<path class=\"shape\" d=\"M%s,%s l%3$s,%3$s l-%3$s,%3$s l-%3$s,-%3$s z\"/>\n"
                .formatted(number(x + half), number(y), number(half)));
        shapes.append(mark("M%s,%s l12,14 m0,-14 l-12,14".formatted(number(x + half - 6), number(y + half - 7))));
        shapes.append(text(label, x + half, y - 6));
    }

    private void event(BaseElement event, String label, Bounds box) {
        double radius = box.getWidth() / 2;
        double x = box.getX() + radius;
        double y = box.getY() + radius;
        shapes.append(circle(x, y, radius, event instanceof EndEvent ? "shape thick" : "shape"));
        if (event instanceof BoundaryEvent || event instanceof IntermediateThrowEvent) {
            shapes.append(circle(x, y, radius - 3, "mark"));
        }
        if (event instanceof CatchEvent caught) {
            caught.getEventDefinitions().forEach(definition -> {
                switch (definition) {
                    case ErrorEventDefinition error ->
                        shapes.append(mark(
                                "M%s,%s l4,-10 l4,5 l5,-7 l-4,11 l-4,-5 z".formatted(number(x - 7), number(y + 5))));
                    case TimerEventDefinition timer ->
                        shapes.append(circle(x, y, 8, "mark"))
                                .append(mark("M%1$s,%2$s v-6 m0,6 h4".formatted(number(x), number(y))));
                    case MessageEventDefinition message ->
                        shapes.append(mark("M%s,%s h14 v10 h-14 z l7,6 l7,-6".formatted(number(x - 7), number(y - 5))));
                    default -> throw new IllegalStateException("the compiler writes no " + definition);
                }
            });
        }
        column(wrapped(label, EVENT_LETTERS), x, y + radius + LINE_HEIGHT);
    }

    /** Lines of text, one beneath the other. */
    private void column(List<String> words, double x, double first) {
        double y = first;
        for (String line : words) {
            shapes.append(text(line, x, y));
            reach(x - line.length() * LETTER / 2.0, y);
            reach(x + line.length() * LETTER / 2.0, y);
            y += LINE_HEIGHT;
        }
    }

    // --- lines

    private void edge(BpmnEdge edge) {
        StringBuilder path = new StringBuilder();
        List<Waypoint> points = List.copyOf(edge.getWaypoints());
        for (Waypoint point : points) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(number(point.getX()))
                    .append(',')
                    .append(number(point.getY()));
            reach(point.getX(), point.getY());
        }
        lines.append("<path class=\"flow\" d=\"").append(path).append("\"/>\n");
        if (edge.getBpmnElement() instanceof FlowElement flow && flow.getName() != null) {
            Waypoint from = points.getFirst();
            lines.append(text(flow.getName(), from.getX() + 14, from.getY() + LINE_HEIGHT));
        }
    }

    private void reach(double x, double y) {
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x);
        bottom = Math.max(bottom, y);
    }

    // --- pieces

    private static String rectangle(Bounds box, String kind) {
        return "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"8\"/>\n"
                .formatted(
                        kind, number(box.getX()), number(box.getY()), number(box.getWidth()), number(box.getHeight()));
    }

    private static String circle(double x, double y, double radius, String kind) {
        return "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n"
                .formatted(kind, number(x), number(y), number(radius));
    }

    private static String mark(String path) {
        return "<path class=\"mark\" d=\"%s\"/>\n".formatted(path);
    }

    private static String text(String words, double x, double y) {
        return words.isEmpty()
                ? ""
                : "<text x=\"%s\" y=\"%s\">%s</text>\n".formatted(number(x), number(y), escaped(words));
    }

    /** Words in lines of at most so many letters, where no word is longer. */
    private static List<String> wrapped(String label, int letters) {
        List<String> wrapped = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : label.split("(?<=[ -])")) {
            if (!line.isEmpty() && line.length() + word.strip().length() > letters) {
                wrapped.add(line.toString().strip());
                line.setLength(0);
            }
            line.append(word);
        }
        wrapped.add(line.toString().strip());
        return wrapped;
    }

    /** Without a fraction where there is none, and never with a comma. */
    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
