package dev.hone.connectors.sql;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a query as JSON can carry them. */
final class Rows {

    private Rows() {}

    static Sql.Output read(ResultSet result, Source source) throws SQLException, ConnectorException {
        List<String> columns = columns(result.getMetaData());
        List<Map<String, Object>> rows = new ArrayList<>();
        long bytes = 0;
        while (result.next()) {
            if (rows.size() == source.mostRows()) {
                return new Sql.Output(rows, rows.size(), true);
            }
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                @Nullable Object value = value(result, i + 1);
                bytes += columns.get(i).length() + String.valueOf(value).length();
                row.put(columns.get(i), value);
            }
            if (bytes > source.mostBytes()) {
                throw new ConnectorException(
                        Kind.BAD_INPUT,
                        "the rows have more than " + source.mostBytes() + " characters, " + rows.size()
                                + " of them less",
                        "select fewer columns, parts of texts, or fewer rows");
            }
            rows.add(row);
        }
        return new Sql.Output(rows, rows.size(), false);
    }

    private static List<String> columns(ResultSetMetaData about) throws SQLException, ConnectorException {
        Set<String> columns = new LinkedHashSet<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            String column = about.getColumnLabel(i).toLowerCase(Locale.ROOT);
            if (!columns.add(column)) {
                throw new ConnectorException(
                        Kind.BAD_INPUT, "two columns are called " + column, "name one of them otherwise, with as");
            }
        }
        return List.copyOf(columns);
    }

    private static @Nullable Object value(ResultSet result, int column) throws SQLException {
        @Nullable Object value = result.getObject(column);
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth;
            case Integer whole -> whole.longValue();
            case Short whole -> whole.longValue();
            case Byte whole -> whole.longValue();
            case Long whole -> whole;
            case BigDecimal exact -> exact;
            case Double number when Double.isFinite(number) -> number;
            case Float number when Float.isFinite(number) -> number.doubleValue();
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            default -> result.getString(column);
        };
    }
}
