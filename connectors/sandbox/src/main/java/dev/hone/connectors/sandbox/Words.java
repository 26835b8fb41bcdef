package dev.hone.connectors.sandbox;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.util.List;

/** The words of a command line, as a program is given them. */
final class Words {

    private static final int MOST = 100;
    private static final int LONGEST = 10_000;

    private Words() {}

    /** @throws ConnectorException of kind BAD_INPUT when there are too many, or one cannot be given to a program */
    static List<String> checked(List<String> words) throws ConnectorException {
        boolean given =
                words.stream().allMatch(word -> word != null && word.length() <= LONGEST && word.indexOf(0) < 0);
        if (!given || words.size() > MOST) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "the words cannot be given to a program",
                    "give at most " + MOST + " texts of " + LONGEST
                            + " characters, none of which holds a zero character");
        }
        return words;
    }
}
