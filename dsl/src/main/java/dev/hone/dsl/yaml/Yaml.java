package dev.hone.dsl.yaml;

import dev.hone.dsl.Where;
import java.util.List;
import java.util.Map;

/** One node of a file. */
public sealed interface Yaml {

    Where where();

    /** The text that the node is. */
    Span span();

    /** As an error message names it. */
    String shown();

    /**
     * A stretch of the file, in UTF-16 units; a byte order mark at its beginning is not counted.
     *
     * @param to after the last character; the line end after a block is not part of it
     * @param inline whether it is a scalar or collection that can stand within a line, not a block that lives by its
     *     indentation
     */
    record Span(int from, int to, boolean inline) {}

    /**
     * @param text the value; of a number as written
     * @param contents where the first character of the value stands, which is after the quote of a quoted text
     * @param verbatim whether the value stands in the file as it is, in one line
     */
    record Scalar(Kind kind, String text, Where where, Where contents, boolean verbatim, Span span) implements Yaml {

        public enum Kind {
            TEXT,
            NUMBER,
            BOOLEAN,
            NOTHING
        }

        /** Where a character of the value stands; the beginning when folding or escapes hide it. */
        public Where at(int offset) {
            return verbatim ? new Where(contents.file(), contents.line(), contents.column() + offset) : where;
        }

        @Override
        public String shown() {
            String shortened = text.length() > 40 ? text.substring(0, 40) + "..." : text;
            return switch (kind) {
                case TEXT -> "the text '" + shortened + "'";
                case NUMBER -> "the number " + shortened;
                case BOOLEAN -> "'" + shortened + "'";
                case NOTHING -> "nothing";
            };
        }
    }

    record Items(List<Yaml> items, Where where, Span span) implements Yaml {
        @Override
        public String shown() {
            return "a list";
        }
    }

    /** @param entries in the order of the file */
    record Fields(Map<String, Entry> entries, Where where, Span span) implements Yaml {
        @Override
        public String shown() {
            return "a mapping";
        }
    }

    /**
     * @param where of the key
     * @param key its text
     */
    record Entry(Where where, Span key, Yaml value) {}
}
