package dev.hone.dsl.grammar;

import dev.hone.dsl.Where;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML element with its places. A document type is refused, so that a file is what it says: nothing is fetched, nothing
 * expands.
 *
 * @param name without the prefix
 * @param text what stands directly in the element
 * @param where of the tag
 * @param contents where the text begins
 * @param standing whether the text stands in the file as it is
 */
record Xml(
        String namespace,
        String name,
        Map<String, String> attributes,
        List<Xml> children,
        String text,
        Where where,
        Where contents,
        boolean standing) {

    /** Why a text cannot be read, and where. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Where where;

        Unreadable(Where where, String message) {
            super(message);
            this.where = where;
        }

        Where where() {
            return where;
        }
    }

    private static final int MAX_NESTING = 64;

    private static final String CDATA = "<![CDATA[";

    /** The children of a name that are in the element's own namespace. */
    List<Xml> children(String wanted) {
        return named(wanted).toList();
    }

    Optional<Xml> child(String wanted) {
        return named(wanted).findFirst();
    }

    private Stream<Xml> named(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted) && child.namespace.equals(namespace));
    }

    static Xml parse(String file, String text) throws Unreadable {
        return new Parser(file, text).document();
    }

    private static final class Parser {

        private final String file;
        private final String text;
        private final List<Integer> lines = new ArrayList<>();

        Parser(String file, String text) {
            this.file = file;
            this.text = text;
            lines.add(0);
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == '\n' || (text.charAt(i) == '\r' && !text.startsWith("\n", i + 1))) {
                    lines.add(i + 1);
                }
            }
        }

        Xml document() throws Unreadable {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_COALESCING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            try {
                return root(factory.createXMLStreamReader(new StringReader(text)));
            } catch (XMLStreamException e) {
                Location at = e.getLocation();
                Where where = at == null ? new Where(file, 1, 1) : where(offset(at));
                throw new Unreadable(where, "This is not XML: " + said(e) + ".");
            }
        }

        /** The parser's words without the place, which it puts before them. */
        private static String said(XMLStreamException e) {
            String message = String.valueOf(e.getMessage());
            String mark = "Message: ";
            String said = message.substring(message.indexOf(mark) < 0 ? 0 : message.indexOf(mark) + mark.length());
            return FormProblems.shortened(said.strip().replaceAll("\\.$", ""), 200);
        }

        private Xml root(XMLStreamReader reader) throws XMLStreamException, Unreadable {
            Deque<Open> open = new ArrayDeque<>();
            while (true) {
                switch (reader.next()) {
                    case XMLStreamConstants.DTD ->
                        throw new Unreadable(where(offset(reader.getLocation())), "A document type is declared.");
                    case XMLStreamConstants.START_ELEMENT -> {
                        open.push(new Open(reader, offset(reader.getLocation())));
                        if (open.size() > MAX_NESTING) {
                            throw new Unreadable(
                                    where(open.peek().tag),
                                    "Elements are nested more than " + MAX_NESTING + " levels deep.");
                        }
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (!open.isEmpty()) {
                            open.peek().text.append(reader.getText());
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        Xml done = open.pop().done();
                        if (open.isEmpty()) {
                            return done;
                        }
                        open.peek().children.add(done);
                    }
                    default -> {}
                }
            }
        }

        private int offset(Location location) {
            int line = Math.clamp(location.getLineNumber(), 1, lines.size());
            return Math.clamp(lines.get(line - 1) + location.getColumnNumber() - 1L, 0, text.length());
        }

        private Where where(int offset) {
            int at = java.util.Collections.binarySearch(lines, offset);
            int line = at >= 0 ? at : -at - 2;
            return new Where(file, line + 1, offset - lines.get(line) + 1);
        }

        /** An element whose end has not come. */
        private final class Open {
            private final String namespace;
            private final String name;
            private final Map<String, String> attributes = new LinkedHashMap<>();
            private final List<Xml> children = new ArrayList<>();
            private final StringBuilder text = new StringBuilder();
            private final int tag;
            private final int contents;

            /** @param end of the tag */
            Open(XMLStreamReader reader, int end) {
                this.namespace = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
                this.name = reader.getLocalName();
                for (int i = 0; i < reader.getAttributeCount(); i++) {
                    attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
                }
                this.tag = Math.max(0, Parser.this.text.lastIndexOf('<', end - 1));
                this.contents = beginning(end);
            }

            Xml done() {
                String stripped = text.toString().strip();
                return new Xml(
                        namespace,
                        name,
                        attributes,
                        List.copyOf(children),
                        stripped,
                        where(tag),
                        where(contents),
                        Parser.this.text.startsWith(stripped, contents));
            }
        }

        /** After blanks and the mark of character data. */
        private int beginning(int offset) {
            int at = offset;
            while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.startsWith(CDATA, at))) {
                at += text.startsWith(CDATA, at) ? CDATA.length() : 1;
            }
            return at;
        }
    }
}
