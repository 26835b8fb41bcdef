package dev.hone.connectors.sql;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.OperatorTool;
import dev.hone.connectors.common.Setting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes a database, once for each place in a run: {@code exec: {tool: sql-write, in: {database: shop, statement: "insert ..."}}}.
 *
 * <p>What was done is written in the same transaction into a table of the database, which the operator has created:
 * {@code create table hone_call (place varchar(64) primary key, changed bigint not null)}. When the same place of a run comes
 * again, since nobody saw how the first try ended, it is told what was done then.
 */
public final class SqlWrite extends OperatorTool<SqlWrite.Input, SqlWrite.Output> {

    private static final Set<String> CHANGES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

    /**
     * @param database the name under which the operator knows it; see {@link Source}
     * @param statement one statement
     * @param params the values of its question marks: texts, numbers, booleans and nulls
     */
    public record Input(String database, String statement, Optional<List<Object>> params) {}

    /** @param changed how many rows were */
    public record Output(long changed) {}

    /** Reads the environment. */
    public SqlWrite() {
        this(System::getenv);
    }

    SqlWrite(UnaryOperator<String> variables) {
        super("sql-write", Input.class, Output.class, variables);
    }

    /**
     * @throws ConnectorException of kind UNKNOWN without such a database; DENIED when it may not be changed; BAD_INPUT for a
     *     statement that it refuses; and as {@link Session#run} says
     */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        Setting<Source> source = Source.of(input.database(), variables);
        if (!source.value().write().orElse(false)) {
            throw new ConnectorException(
                    Kind.DENIED,
                    source.variable() + " does not allow changes",
                    "the operator allows them there with \"write\": true");
        }
        List<Object> params = input.params().orElse(List.of());
        Statement statement = Statement.of(input.statement(), params, CHANGES);
        if (!Statement.plainly(params)) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "one of the params is a list or a context",
                    "give texts, numbers, booleans and nulls");
        }
        String place = place(context, input);
        return Session.run(source, false, context, session -> {
            OptionalLong before = before(session, place, source);
            if (before.isPresent()) {
                return new Output(before.getAsLong());
            }
            try {
                return new Output(change(session, statement, place));
            } catch (SQLException e) {
                session.rollback();
                OptionalLong meanwhile = before(session, place, source); // the same place, on another thread
                if (meanwhile.isEmpty()) {
                    throw e;
                }
                return new Output(meanwhile.getAsLong());
            }
        });
    }

    private static long change(Session session, Statement statement, String place) throws SQLException {
        long changed;
        try (var prepared = session.prepare(statement.text())) {
            statement.fill(prepared);
            changed = prepared.executeLargeUpdate();
        }
        try (var done = session.prepare("insert into hone_call (place, changed) values (?, ?)")) {
            done.setString(1, place);
            done.setLong(2, changed);
            done.executeUpdate();
        }
        session.commit();
        return changed;
    }

    private static OptionalLong before(Session session, String place, Setting<Source> source)
            throws SQLException, ConnectorException {
        try (var asked = session.prepare("select changed from hone_call where place = ?")) {
            asked.setString(1, place);
            try (var answer = asked.executeQuery()) {
                return answer.next() ? OptionalLong.of(answer.getLong(1)) : OptionalLong.empty();
            }
        } catch (SQLException e) {
            ConnectorException refused = Refused.of(e, source.variable(), true);
            if (refused.kind() != Kind.BAD_INPUT) {
                throw e;
            }
            throw new ConnectorException(
                    Kind.BROKEN,
                    source.variable()
                            + " has no table hone_call, in which changes are noted so that none is done twice",
                    "the operator creates it: create table hone_call (place varchar(64) primary key, changed bigint not null)",
                    null,
                    e);
        }
    }

    /** Of a run, and of what is done there. */
    private static String place(CallContext context, Input input) {
        String text = String.join(
                "\0",
                context.run(),
                context.element(),
                context.iteration(),
                input.statement(),
                input.params().toString());
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
