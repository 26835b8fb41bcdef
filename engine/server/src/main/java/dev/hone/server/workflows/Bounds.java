package dev.hone.server.workflows;

import io.swagger.v3.oas.annotations.media.Schema;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Where an element of a diagram stands, in points from its upper left corner. */
@Schema(name = "Bounds")
record Bounds(double x, double y, double width, double height) {

    /** Of all shapes in a process that the compiler made. */
    static Map<String, Bounds> of(String bpmn) {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        Map<String, Bounds> all = new TreeMap<>();
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(bpmn));
            String shape = "";
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamReader.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "BPMNShape" -> shape = xml.getAttributeValue(null, "bpmnElement");
                    case "BPMNEdge", "BPMNLabel" -> shape = "";
                    case "Bounds" -> {
                        if (!shape.isEmpty()) {
                            all.put(
                                    shape,
                                    new Bounds(
                                            number(xml, "x"),
                                            number(xml, "y"),
                                            number(xml, "width"),
                                            number(xml, "height")));
                        }
                    }
                    default -> {}
                }
            }
            return all;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the compiler makes XML", e);
        }
    }

    private static double number(XMLStreamReader xml, String name) {
        return Double.parseDouble(xml.getAttributeValue(null, name));
    }
}
