package dev.hone.connectors.sql;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Bounded;
import dev.hone.connectors.common.Setting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** One connection for one transaction, which ends in time. */
final class Session {

    private final Setting<Source> source;
    private volatile Optional<Connection> connection = Optional.empty();
    private volatile Optional<PreparedStatement> running = Optional.empty();

    /** What is done in the transaction; it is rolled back unless it says otherwise. */
    @FunctionalInterface
    interface Work<T> {
        T in(Session session) throws SQLException, ConnectorException;
    }

    private Session(Setting<Source> source) {
        this.source = source;
    }

    /**
     * Does the work.
     *
     * @throws ConnectorException of the work; DENIED when the user is refused or is an administrator; UNREACHABLE when there
     *     is nobody; LOST when the connection broke; BUSY; TIMEOUT; CANCELLED; BAD_INPUT for what the database refuses
     */
    static <T> T run(Setting<Source> source, boolean readOnly, CallContext context, Work<T> work)
            throws ConnectorException {
        Session session = new Session(source);
        return Bounded.run(context, source.variable(), session::stop, () -> session.open(readOnly, work));
    }

    private <T> T open(boolean readOnly, Work<T> work) throws ConnectorException {
        boolean connected = false;
        try (Connection opened = DriverManager.getConnection(source.value().url(), Source.properties(source))) {
            connected = true;
            connection = Optional.of(opened);
            opened.setReadOnly(readOnly);
            opened.setAutoCommit(false);
            try {
                refuseAdministrator(opened);
                return work.in(this);
            } finally {
                if (!opened.isClosed()) {
                    opened.rollback();
                }
            }
        } catch (SQLException e) {
            throw Refused.of(e, source.variable(), connected);
        }
    }

    /** A statement that ends with the session's time. */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement prepared = connection.orElseThrow().prepareStatement(sql);
        running = Optional.of(prepared);
        return prepared;
    }

    void commit() throws SQLException {
        connection.orElseThrow().commit();
    }

    void rollback() throws SQLException {
        connection.orElseThrow().rollback();
    }

    /** Their rights reach beyond the data: to files, to programs, and to the rights of others. */
    private void refuseAdministrator(Connection opened) throws SQLException, ConnectorException {
        String asked = source.value().postgres()
                ? "select rolsuper or pg_has_role(current_user, 'pg_write_server_files', 'member')"
                        + " or pg_has_role(current_user, 'pg_read_server_files', 'member')"
                        + " or pg_has_role(current_user, 'pg_execute_server_program', 'member')"
                        + " from pg_roles where rolname = current_user"
                : "select is_admin from information_schema.users where user_name = current_user";
        try (PreparedStatement statement = opened.prepareStatement(asked);
                ResultSet answer = statement.executeQuery()) {
            if (!answer.next() || answer.getBoolean(1)) {
                throw new ConnectorException(
                        Kind.DENIED,
                        "the user of " + source.variable() + " has the rights of an administrator",
                        "the operator names one that may read, or change, what workflows need");
            }
        }
    }

    /** Ends the statement, and closes the connection under whoever waits for it; H2 does the first alone, drivers differ. */
    private void stop() {
        running.ifPresent(statement -> {
            try {
                statement.cancel();
            } catch (SQLException gone) {
                // It has ended by itself.
            }
        });
        connection.ifPresent(opened -> {
            try {
                opened.abort(Runnable::run);
            } catch (SQLException gone) {
                // It is what was wanted.
            }
        });
    }
}
