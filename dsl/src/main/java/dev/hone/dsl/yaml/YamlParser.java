package dev.hone.dsl.yaml;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Where;
import dev.hone.dsl.yaml.Yaml.Scalar.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one YAML 1.2 document of the JSON kind. Anchors, aliases, tags, several documents, keys that are no text and
 * keys written twice are refused: each lets a file say something else than it seems to.
 */
public final class YamlParser {

    /** Longest file, in UTF-16 units. */
    public static final int MAX_LENGTH = 1_000_000;

    /** Most lists and mappings inside one another. */
    public static final int MAX_NESTING = 64;

    private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([eE][-+]?[0-9]{1,2})?");

    /** Ends the reading: a problem was added after which nothing can be said of the rest. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final SourceText source;
    private final Spans spans;
    private final ParserImpl events;
    private final Problems problems;

    private YamlParser(Where start, String text, Problems problems) {
        this.source = new SourceText(start, text);
        this.spans = new Spans(text);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(start.file())
                .setCodePointLimit(MAX_LENGTH)
                // The parser fails on a pair of surrogates that its buffer cuts in two, so the whole text goes into
                // one.
                .setBufferSize(text.length() + 2)
                .build();
        this.events = new ParserImpl(settings, new StreamReader(settings, text));
        this.problems = problems;
    }

    /** @return empty when the text cannot be read at all; a node together with problems when only parts were refused */
    public static Optional<Yaml> parse(String file, String text, Problems problems) {
        return parse(new Where(file, 1, 1), text.startsWith("\uFEFF") ? text.substring(1) : text, problems);
    }

    /**
     * Reads a text that stands inside of a file of another kind.
     *
     * @param start where it stands
     * @return as for a whole file
     */
    public static Optional<Yaml> parse(Where start, String text, Problems problems) {
        if (text.length() > MAX_LENGTH) {
            problems.add(
                    start,
                    ProblemCode.YAML_TOO_LARGE,
                    "The file has " + text.length() + " characters; " + MAX_LENGTH + " are allowed.",
                    "Move data into the run's input and keep only the workflow here.");
            return Optional.empty();
        }
        YamlParser parser = new YamlParser(start, text, problems);
        try {
            return Optional.of(parser.document());
        } catch (Unreadable e) {
            return Optional.empty();
        } catch (MarkedYamlEngineException e) {
            Where where = parser.source.at(e.getProblemMark().or(e::getContextMark));
            String context = e.getContext() == null ? "" : " " + e.getContext();
            problems.add(
                    where,
                    ProblemCode.YAML_SYNTAX,
                    "This is not YAML" + context + ": " + e.getProblem() + ".",
                    "Correct the line; a text with ': ', '#', braces or brackets goes between quotes.");
        } catch (YamlEngineException e) {
            problems.add(
                    parser.source.start(),
                    ProblemCode.YAML_SYNTAX,
                    "This is not YAML: " + e.getMessage() + ".",
                    "Save the file as UTF-8 text without control characters.");
        }
        return Optional.empty();
    }

    private Yaml document() throws Unreadable {
        events.next(); // the stream begins
        if (events.peekEvent().getEventId() == Event.ID.StreamEnd) {
            problems.add(
                    source.start(),
                    ProblemCode.MISSING_KEY,
                    "The file is empty.",
                    "Begin with 'hone: 1' and 'name: <the workflow's name>'.");
            throw new Unreadable();
        }
        events.next(); // the document begins
        Yaml root = node(0);
        events.next(); // the document ends
        Event next = events.peekEvent();
        if (next.getEventId() != Event.ID.StreamEnd) {
            unsupported(
                    source.at(next.getStartMark()),
                    "A second document begins here.",
                    "Keep one workflow in one file: remove the line '---' and what follows.");
        }
        return root;
    }

    private Yaml node(int depth) throws Unreadable {
        Event event = events.next();
        Where where = source.at(event.getStartMark());
        if (depth > MAX_NESTING) {
            unsupported(
                    where,
                    "Lists and mappings are nested more than " + MAX_NESTING + " levels deep.",
                    "Split the workflow.");
            throw new Unreadable();
        }
        refuseAnchorAndTag(event, where);
        return switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event, where);
            case SequenceStart -> items((CollectionStartEvent) event, where, depth);
            case MappingStart -> fields((CollectionStartEvent) event, where, depth);
            case Alias -> {
                unsupported(
                        where,
                        "'*" + ((AliasEvent) event).getAlias() + "' is an alias.",
                        "Write the value out; names are shared with 'params' and 'slots'.");
                yield new Yaml.Scalar(Kind.NOTHING, "", where, where, false, spans.of(event));
            }
            case Comment, DocumentEnd, DocumentStart, MappingEnd, SequenceEnd, StreamEnd, StreamStart ->
                throw new IllegalStateException("A node cannot begin with " + event.getEventId());
        };
    }

    private void refuseAnchorAndTag(Event event, Where where) {
        Optional<String> tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> Optional.empty();
        };
        tag.ifPresent(t -> unsupported(
                where, "'" + t + "' is a type tag.", "Remove it; the language knows the type of every key."));
        if (event instanceof NodeEvent anchored && !(event instanceof AliasEvent)) {
            anchored.getAnchor()
                    .ifPresent(anchor -> unsupported(
                            where,
                            "'&" + anchor + "' is an anchor.",
                            "Write the value out; names are shared with 'params' and 'slots'."));
        }
    }

    private Yaml.Scalar scalar(ScalarEvent event, Where where) {
        String text = event.getValue();
        boolean quoted = event.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
                || event.getScalarStyle() == ScalarStyle.SINGLE_QUOTED;
        Where contents = quoted ? new Where(where.file(), where.line(), where.column() + 1) : where;
        Kind kind = event.getScalarStyle() == ScalarStyle.PLAIN ? plainKind(text) : Kind.TEXT;
        return new Yaml.Scalar(kind, text, where, contents, source.standsAt(contents, text), spans.of(event));
    }

    private static Kind plainKind(String text) {
        if (NOTHING.matcher(text).matches()) {
            return Kind.NOTHING;
        }
        if (BOOLEAN.matcher(text).matches()) {
            return Kind.BOOLEAN;
        }
        return NUMBER.matcher(text).matches() ? Kind.NUMBER : Kind.TEXT;
    }

    private Yaml items(CollectionStartEvent start, Where where, int depth) throws Unreadable {
        List<Yaml> items = new ArrayList<>();
        while (events.peekEvent().getEventId() != Event.ID.SequenceEnd) {
            items.add(node(depth + 1));
        }
        Event end = events.next();
        Optional<Yaml.Span> last =
                items.isEmpty() ? Optional.empty() : Optional.of(items.getLast().span());
        return new Yaml.Items(List.copyOf(items), where, spans.of(start, end, last));
    }

    private Yaml fields(CollectionStartEvent start, Where where, int depth) throws Unreadable {
        Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
        Optional<Yaml.Span> last = Optional.empty();
        while (events.peekEvent().getEventId() != Event.ID.MappingEnd) {
            Yaml key = node(depth + 1);
            Yaml value = node(depth + 1);
            last = Optional.of(value.span());
            if (!(key instanceof Yaml.Scalar(Kind kind, String name, Where at, var contents, var verbatim, var span))
                    || kind != Kind.TEXT) {
                unsupported(key.where(), "A key is a text, not " + key.shown() + ".", "Put the key between quotes.");
            } else if (entries.containsKey(name)) {
                problems.add(
                        at,
                        ProblemCode.DUPLICATE_KEY,
                        "The key '" + name + "' was already given in line "
                                + entries.get(name).where().line() + ".",
                        "Remove one of the two.");
            } else {
                entries.put(name, new Yaml.Entry(at, span, value));
            }
        }
        Event end = events.next();
        return new Yaml.Fields(entries, where, spans.of(start, end, last));
    }

    private void unsupported(Where where, String what, String fix) {
        problems.add(where, ProblemCode.YAML_UNSUPPORTED, what, fix);
    }
}
