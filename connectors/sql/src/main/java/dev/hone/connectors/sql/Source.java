package dev.hone.connectors.sql;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.common.Setting;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;

/**
 * A database, as the operator says it in {@code HONE_SQL_NAME}.
 *
 * @param url of JDBC, for PostgreSQL or H2
 * @param user without the rights of an administrator
 * @param password where it is found, as {@code env:NAME}
 * @param write whether {@code sql-write} may change it; false when absent
 * @param rows the most that a query gives; 1,000 when absent
 * @param kibibytes the most that these rows may have; 1,024 when absent
 */
record Source(
        String url,
        Optional<String> user,
        Optional<String> password,
        Optional<Boolean> write,
        Optional<Integer> rows,
        Optional<Integer> kibibytes) {

    private static final int DEFAULT_ROWS = 1_000;
    private static final int MOST_ROWS = 100_000;
    private static final int DEFAULT_KIBIBYTES = 1_024;
    private static final int MOST_KIBIBYTES = 16_384;
    private static final String CONNECT_SECONDS = "10";

    /** @throws ConnectorException of kind BAD_INPUT or UNKNOWN when there is none of this name, BROKEN when it is not one */
    static Setting<Source> of(String name, UnaryOperator<String> variables) throws ConnectorException {
        Setting<Source> setting = Setting.named(
                "sql",
                name,
                Source.class,
                "{\"url\": \"jdbc:postgresql://localhost/shop\", \"user\": \"reader\"}",
                variables);
        Source source = setting.value();
        if (source.url == null || !source.postgres() && !source.url.startsWith("jdbc:h2:")) {
            throw setting.broken("needs a url that begins with jdbc:postgresql: or jdbc:h2:");
        }
        setting.within("rows", source.rows.orElse(1), MOST_ROWS);
        setting.within("kibibytes", source.kibibytes.orElse(1), MOST_KIBIBYTES);
        return setting;
    }

    boolean postgres() {
        return url.startsWith("jdbc:postgresql:");
    }

    int mostRows() {
        return rows.orElse(DEFAULT_ROWS);
    }

    int mostBytes() {
        return kibibytes.orElse(DEFAULT_KIBIBYTES) << 10;
    }

    /** What the driver is told. */
    static Properties properties(Setting<Source> setting) throws ConnectorException {
        Properties properties = new Properties();
        Source source = setting.value();
        source.user.ifPresent(user -> properties.setProperty("user", user));
        setting.secret(source.password).ifPresent(password -> properties.setProperty("password", password));
        if (source.postgres()) {
            properties.setProperty("loginTimeout", CONNECT_SECONDS);
            properties.setProperty("connectTimeout", CONNECT_SECONDS);
            properties.setProperty("stringtype", "unspecified"); // a text may stand for a date, and the like
            properties.setProperty("ApplicationName", "hone");
        }
        return properties;
    }
}
