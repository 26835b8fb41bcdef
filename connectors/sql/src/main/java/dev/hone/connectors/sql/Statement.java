package dev.hone.connectors.sql;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One statement of SQL, with values for its question marks.
 *
 * <p>A semicolon is allowed at the end alone: drivers cut statements at semicolons, and the second would not be what was looked
 * at. A text that needs one is a parameter.
 */
record Statement(String text, List<Object> params) {

    private static final int LONGEST = 100_000;
    private static final int MOST_PARAMS = 1_000;

    /**
     * Looks at a statement.
     *
     * @param beginnings the words that it may begin with
     * @throws ConnectorException of kind BAD_INPUT for anything else
     */
    static Statement of(String sql, List<Object> params, Set<String> beginnings) throws ConnectorException {
        String text = sql.strip().replaceAll(";\\s*$", "");
        if (text.length() > LONGEST || params.size() > MOST_PARAMS) {
            throw bad(
                    "the statement has more than " + LONGEST + " characters or " + MOST_PARAMS + " params",
                    "ask for less at once");
        }
        if (text.indexOf(';') >= 0 || text.indexOf(0) >= 0) {
            throw bad(
                    "there is a semicolon in the statement",
                    "give one statement, and a text that has a semicolon in params");
        }
        String first = text.split("[^A-Za-z]", 2)[0].toUpperCase(Locale.ROOT);
        if (!beginnings.contains(first)) {
            throw bad(
                    "the statement begins with '" + first + "'",
                    "begin it with "
                            + String.join(", ", beginnings.stream().sorted().toList()));
        }
        return new Statement(text, params);
    }

    void fill(PreparedStatement prepared) throws SQLException {
        for (int i = 0; i < params.size(); i++) {
            prepared.setObject(i + 1, plain(params.get(i)));
        }
    }

    /** Whole numbers as such, since a limit, for instance, has to be one. */
    private static Object plain(Object value) {
        if (value instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            boolean whole = exact.stripTrailingZeros().scale() <= 0
                    && exact.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
            return whole ? (Object) exact.longValue() : exact;
        }
        return value;
    }

    /** Whether a value can be one of a statement. */
    static boolean plainly(List<Object> params) {
        return params.stream()
                .allMatch(value -> value == null
                        || value instanceof String
                        || value instanceof Number
                        || value instanceof Boolean);
    }

    private static ConnectorException bad(String what, String fix) {
        return new ConnectorException(Kind.BAD_INPUT, what, fix);
    }
}
