package dev.hone.connectors.exec;

import dev.hone.connectors.api.ConnectorException;
import java.util.List;

/** How the tools of this package cut a text. */
final class Texts {

    /** The longest text that is read, in UTF-16 units. */
    static final int MAX_LENGTH = 1_000_000;

    private Texts() {}

    /** @throws ConnectorException of kind BAD_INPUT when {@code text} is over the limit */
    static void check(String text) throws ConnectorException {
        if (text.length() > MAX_LENGTH) {
            throw new ConnectorException(
                    ConnectorException.Kind.BAD_INPUT,
                    "the text has " + text.length() + " characters, over the limit of " + MAX_LENGTH,
                    "pass a part of it");
        }
    }

    /** The lines that are not blank, without the blanks around them. */
    static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
