package dev.hone.connectors.sql;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Shown;
import java.sql.SQLException;

/** What a database's refusal means, by its SQLSTATE (ISO 9075, the appendix of PostgreSQL's manual, H2's ErrorCode). */
final class Refused {

    private Refused() {}

    /**
     * The refusal.
     *
     * @param variable in which the database is named
     * @param connected whether it came after the connection was there
     */
    static ConnectorException of(SQLException e, String variable, boolean connected) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String what = variable + ": " + Shown.line(String.valueOf(e.getMessage()));
        Kind kind = kind(state, connected);
        return switch (kind) {
            case BAD_INPUT -> problem(kind, what, "correct the statement or its params");
            case DENIED -> problem(kind, what, "let the operator correct the user, the password or the rights");
            case UNKNOWN -> problem(kind, what, "let the operator correct the url");
            case BUSY ->
                problem(kind, what, "nothing, when a later try succeeds; otherwise see what the database does");
            case UNREACHABLE -> problem(kind, what, "start the database, or let the operator correct the url");
            case LOST -> problem(kind, what, "see the database's log");
            case TIMEOUT -> problem(kind, what, "ask for less");
            case CANCELLED, BROKEN -> problem(Kind.BROKEN, what, "see the database's log");
        };
    }

    private static Kind kind(String state, boolean connected) {
        if (state.startsWith("08") || state.equals("90067") || state.equals("90121")) {
            return connected ? Kind.LOST : Kind.UNREACHABLE;
        }
        return switch (state) {
            case "42501", "25006", "90040", "90096", "90097" -> Kind.DENIED;
            case "3D000", "90013", "90124", "90146", "90149" -> Kind.UNKNOWN;
            case "HYT00", "55P03", "57P03", "90020" -> Kind.BUSY;
            case "57014" -> Kind.TIMEOUT;
            default -> byClass(state);
        };
    }

    private static Kind byClass(String state) {
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "28" -> Kind.DENIED;
            case "40", "53" -> Kind.BUSY;
            case "07", "21", "22", "23", "26", "42", "44", "0A", "90" -> Kind.BAD_INPUT;
            default -> Kind.BROKEN;
        };
    }

    private static ConnectorException problem(Kind kind, String what, String fix) {
        return new ConnectorException(kind, what, fix);
    }
}
