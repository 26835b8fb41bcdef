package dev.hone.connectors.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A shop in H2 and in PostgreSQL, with users who may read, who may write, and who may do anything. */
enum Databases {
    H2 {
        @Override
        String url() {
            return "jdbc:h2:mem:shop";
        }

        @Override
        Connection admin() throws SQLException {
            return DriverManager.getConnection(url() + ";DB_CLOSE_DELAY=-1", "sa", "");
        }

        @Override
        String administrator() {
            return "sa";
        }

        @Override
        String slow() {
            return "select count(*) from system_range(1, 100000) a, system_range(1, 100000) b where a.x + b.x = 3";
        }

        @Override
        String busy() {
            return "select count(*) from information_schema.sessions where executing_statement like '%system_range(1, 100000)%'"
                    + " and session_id <> session_id()";
        }
    },
    POSTGRES {
        @Override
        String url() {
            return postgres().getJdbcUrl("postgres", "postgres").replaceAll("\\?.*", "");
        }

        @Override
        Connection admin() throws SQLException {
            return postgres().getPostgresDatabase().getConnection();
        }

        @Override
        String administrator() {
            return "postgres";
        }

        @Override
        String slow() {
            return "select pg_sleep(60)";
        }

        @Override
        String busy() {
            return "select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep%'"
                    + " and pid <> pg_backend_pid()";
        }
    };

    private static @Nullable EmbeddedPostgres running;
    private boolean made;

    abstract String url();

    abstract Connection admin() throws SQLException;

    abstract String administrator();

    /** A query that takes a minute or more. */
    abstract String slow();

    /** How many sessions are at it. */
    abstract String busy();

    private static synchronized EmbeddedPostgres postgres() {
        EmbeddedPostgres known = running;
        if (known == null) {
            try {
                known = EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            running = known;
        }
        return known;
    }

    private synchronized void make() {
        if (made) {
            return;
        }
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            String password = this == H2 ? "password 'sesame'" : "with password 'sesame'";
            for (String sql : new String[] {
                "create table item (id int primary key, name varchar(100), price numeric(10, 2), sold date, ok boolean)",
                "insert into item values (1, 'tea', 2.50, date '2026-01-31', true)",
                "insert into item values (2, 'cup; saucer', 7.00, null, false)",
                "insert into item values (3, null, 0.10, date '2026-03-01', null)",
                "create table hone_call (place varchar(64) primary key, changed bigint not null)",
                "create user reader " + password,
                "create user writer " + password,
                "grant select on item to reader",
                "grant select, insert, update, delete on item to writer",
                "grant select, insert on hone_call to writer"
            }) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        made = true;
    }

    /** The database {@code shop}, asked by this user. */
    UnaryOperator<String> shop(String user, String more) {
        make();
        return Map.of(
                "HONE_SQL_SHOP",
                "{\"url\": \"" + url() + "\", \"user\": \"" + user + "\", \"password\": \"env:HONE_TEST_PASSWORD\""
                        + more + "}")::get;
    }

    /** What a query says that an administrator asks. */
    long count(String query) {
        try (Connection connection = admin();
                Statement statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
