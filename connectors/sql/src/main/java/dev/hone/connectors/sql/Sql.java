package dev.hone.connectors.sql;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.OperatorTool;
import dev.hone.connectors.common.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Reads a database: {@code exec: {tool: sql, in: {database: shop, query: "select ..."}}}. It cannot change anything: the
 * transaction is read-only where the database knows that, and is rolled back in any case.
 */
public final class Sql extends OperatorTool<Sql.Input, Sql.Output> {

    private static final int AT_ONCE = 100;
    private static final Set<String> QUERIES = Set.of("SELECT", "WITH", "VALUES", "TABLE");

    /**
     * @param database the name under which the operator knows it; see {@link Source}
     * @param query one statement
     * @param params the values of its question marks: texts, numbers, booleans and nulls
     */
    public record Input(String database, String query, Optional<List<Object>> params) {}

    /**
     * @param rows by the names of the columns, in lower case; what is no number, boolean or null is a text
     * @param count how many rows there are here
     * @param more whether there were more than the operator allows
     */
    public record Output(List<Map<String, Object>> rows, int count, boolean more) {}

    /** Reads the environment. */
    public Sql() {
        this(System::getenv);
    }

    Sql(UnaryOperator<String> variables) {
        super("sql", Input.class, Output.class, variables);
    }

    /**
     * @throws ConnectorException of kind UNKNOWN without such a database; BAD_INPUT for a statement that it refuses, and for
     *     rows that are too large; and as {@link Session#run} says
     */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        Setting<Source> source = Source.of(input.database(), variables);
        List<Object> params = input.params().orElse(List.of());
        Statement statement = Statement.of(input.query(), params, QUERIES);
        if (!Statement.plainly(params)) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "one of the params is a list or a context",
                    "give texts, numbers, booleans and nulls");
        }
        return Session.run(source, true, context, session -> {
            try (var prepared = session.prepare(statement.text())) {
                statement.fill(prepared);
                prepared.setMaxRows(source.value().mostRows() + 1);
                prepared.setFetchSize(Math.min(AT_ONCE, source.value().mostRows()));
                try (var result = prepared.executeQuery()) {
                    return Rows.read(result, source.value());
                }
            }
        });
    }
}
