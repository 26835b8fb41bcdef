package dev.hone.connectors.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.ConnectorContract;
import dev.hone.connectors.testkit.Refusals;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlTest extends ConnectorContract<Sql.Input, Sql.Output> {

    @Override
    protected Connector<Sql.Input, Sql.Output> connector() {
        return new Sql(Databases.H2.shop("reader", ""));
    }

    private static Sql.Input query(String sql, Object... params) {
        return new Sql.Input("shop", sql, Optional.of(Arrays.asList(params)));
    }

    private static Sql.Output ask(Databases database, String sql, Object... params) throws ConnectorException {
        return new Sql(database.shop("reader", "")).run(query(sql, params), CallContext.standalone(1));
    }

    @Override
    protected List<Example<Sql.Input, Sql.Output>> examples() {
        return List.of(new Example<>(
                query("select name, price from item where price > ? order by id;", 1),
                new Sql.Output(
                        List.of(
                                Map.of("name", "tea", "price", new BigDecimal("2.50")),
                                Map.of("name", "cup; saucer", "price", new BigDecimal("7.00"))),
                        2,
                        false)));
    }

    @Override
    protected Map<String, Sql.Input> badInputs() {
        return Map.of(
                "no SQL", query("select from where"),
                "no such table", query("select * from nothing"),
                "two statements", query("select 1; select 2"),
                "a change", query("delete from item"),
                "nothing", query(" "),
                "a param too few", query("select ? as a, ? as b", 1),
                "a list as a param", query("select ? as a", List.of(1)),
                "two columns of one name", query("select 1 as a, 2 as a"),
                "no number", query("select cast('x' as int) as a"),
                "no name", new Sql.Input("../shop", "select 1", Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource
    void values_are_what_json_has(Databases database) throws ConnectorException {
        List<Map<String, Object>> rows = ask(database, "select id, name, price, sold, ok from item order by id")
                .rows();
        assertThat(rows.get(0).values()).containsExactly(1L, "tea", new BigDecimal("2.50"), "2026-01-31", true);
        assertThat(rows.get(1).values()).containsExactly(2L, "cup; saucer", new BigDecimal("7.00"), null, false);
        assertThat(rows.get(2).values()).containsExactly(3L, null, new BigDecimal("0.10"), "2026-03-01", null);
    }

    @ParameterizedTest
    @EnumSource
    void params_are_values_and_never_sql(Databases database) throws ConnectorException {
        assertThat(ask(database, "select id from item where name = ?", "cup; saucer")
                        .rows())
                .containsExactly(Map.of("id", 2L));
        assertThat(ask(database, "select id from item where name = ?", "x' or '1' = '1")
                        .rows())
                .isEmpty();
        assertThat(ask(database, "select id from item where sold > ? order by id limit ?", "2026-01-01", 1.0)
                        .rows())
                .containsExactly(Map.of("id", 1L));
    }

    @ParameterizedTest
    @EnumSource
    void nothing_that_begins_as_a_query_changes_anything(Databases database) {
        List<String> tries = List.of(
                "with gone as (delete from item returning id) select * from gone",
                "select * from final table (delete from item)",
                "with a as (select 1 as x) delete from item",
                "select nextval('s') from item",
                "select * into other from item",
                "select 1 /* */ from item for update");
        for (String sql : tries) {
            try {
                new Sql(database.shop("writer", "")).run(query(sql), CallContext.standalone(1));
            } catch (ConnectorException e) {
                assertThat(e.kind()).as(sql + ": " + e.what()).isIn(Kind.BAD_INPUT, Kind.DENIED);
            }
            assertThat(database.count("select count(*) from item where id <= 3"))
                    .as(sql)
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_administrator_is_refused(Databases database) {
        ConnectorException e = Refusals.of(
                Kind.DENIED,
                () -> new Sql(name -> name.equals("HONE_SQL_SHOP")
                                ? "{\"url\": \"%s\", \"user\": \"%s\"}"
                                        .formatted(database.url(), database.administrator())
                                : null)
                        .run(query("select 1 as a"), CallContext.standalone(1)));
        assertThat(e.what()).contains("administrator");
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_user_or_password_and_a_missing_right_are_denied(Databases database) {
        Refusals.of(Kind.DENIED, () -> ask(database, "select * from hone_call"));
        ConnectorException e = Refusals.of(
                Kind.DENIED,
                () -> new Sql(name -> "{\"url\": \"%s\", \"user\": \"%s\", \"password\": \"env:HONE_TEST_WRONG\"}"
                                .formatted(database.url(), database == Databases.H2 ? "reader" : "nobody"))
                        .run(query("select 1 as a"), CallContext.standalone(1)));
        assertThat(e.what()).doesNotContain("not-sesame");
    }

    @Test
    void a_database_that_is_not_there_is_unreachable() {
        Refusals.of(
                Kind.UNREACHABLE,
                () -> new Sql(name -> "{\"url\": \"jdbc:postgresql://127.0.0.1:1/shop\", \"user\": \"a\"}")
                        .run(query("select 1 as a"), CallContext.standalone(1)));
    }

    @ParameterizedTest
    @EnumSource
    void rows_and_their_size_are_bounded(Databases database) throws ConnectorException {
        Sql.Output two = new Sql(database.shop("reader", ", \"rows\": 2"))
                .run(query("select id from item order by id"), CallContext.standalone(1));
        assertThat(two).isEqualTo(new Sql.Output(List.of(Map.of("id", 1L), Map.of("id", 2L)), 2, true));
        ConnectorException e = Refusals.of(
                Kind.BAD_INPUT,
                () -> new Sql(database.shop("reader", ", \"kibibytes\": 1"))
                        .run(query("select repeat('x', 2000) as a"), CallContext.standalone(1)));
        assertThat(e.what()).contains("1024");
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(30)
    void a_query_that_takes_too_long_is_ended_in_the_database_too(Databases database) throws Exception {
        CallContext soon = new CallContext("r", "s", "", 1, 1, Duration.ofMillis(500), new Cancellation());
        Refusals.of(Kind.TIMEOUT, () -> new Sql(database.shop("reader", "")).run(query(database.slow()), soon));
        while (database.count(database.busy()) > 0) {
            assertThat(Thread.interrupted()).as("the database is still at it").isFalse();
        }
    }

    @Test
    void what_the_operator_names_is_looked_at() {
        for (String setting : List.of(
                "{}",
                "{\"url\": \"jdbc:mysql://x/y\"}",
                "{\"url\": \"jdbc:h2:mem:x\", \"password\": \"sesame\"}",
                "{\"url\": \"jdbc:h2:mem:x\", \"rows\": 0}")) {
            ConnectorException e = Refusals.of(
                    Kind.BROKEN, () -> new Sql(name -> setting).run(query("select 1 as a"), CallContext.standalone(1)));
            assertThat(e.what()).contains("HONE_SQL_SHOP").doesNotContain("sesame");
        }
    }
}
