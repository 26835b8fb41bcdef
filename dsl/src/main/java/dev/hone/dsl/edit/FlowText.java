package dev.hone.dsl.edit;

import dev.hone.dsl.yaml.Yaml;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Prints new parts of a file in one line, for places between brackets. */
final class FlowText {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
    private static final Pattern WORD = Pattern.compile(
            "~|null|Null|NULL|true|True|TRUE|false|False|FALSE|yes|no|on|off", Pattern.CASE_INSENSITIVE);

    private FlowText() {}

    static String print(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Scalar scalar -> scalar(scalar);
            case Yaml.Items items ->
                items.items().stream().map(FlowText::print).collect(Collectors.joining(", ", "[", "]"));
            case Yaml.Fields fields ->
                fields.entries().entrySet().stream().map(FlowText::entry).collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static String entry(Map.Entry<String, Yaml.Entry> entry) {
        return text(entry.getKey()) + ": " + print(entry.getValue().value());
    }

    private static String scalar(Yaml.Scalar scalar) {
        return switch (scalar.kind()) {
            case TEXT -> text(scalar.text());
            case NUMBER, BOOLEAN -> scalar.text();
            case NOTHING -> "null";
        };
    }

    /** A text, or a key: with quotes only where it needs them. */
    static String text(String text) {
        return PLAIN.matcher(text).matches() && !WORD.matcher(text).matches() ? text : quoted(text);
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                        quoted.append(String.format("\\u%04x", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
