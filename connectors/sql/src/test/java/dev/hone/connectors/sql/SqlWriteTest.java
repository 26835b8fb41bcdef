package dev.hone.connectors.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.ConnectorContract;
import dev.hone.connectors.testkit.Refusals;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlWriteTest extends ConnectorContract<SqlWrite.Input, SqlWrite.Output> {

    @Override
    protected Connector<SqlWrite.Input, SqlWrite.Output> connector() {
        return writer(Databases.H2);
    }

    private static SqlWrite writer(Databases database) {
        return new SqlWrite(database.shop("writer", ", \"write\": true"));
    }

    private static SqlWrite.Input change(String sql, Object... params) {
        return new SqlWrite.Input("shop", sql, Optional.of(Arrays.asList(params)));
    }

    private static CallContext at(String run) {
        return new CallContext(run, "step", "", 1, 1, Duration.ofMinutes(1), new Cancellation());
    }

    @Override
    protected List<Example<SqlWrite.Input, SqlWrite.Output>> examples() {
        return List.of(new Example<>(change("update item set price = price where id = 1"), new SqlWrite.Output(1)));
    }

    @Override
    protected Map<String, SqlWrite.Input> badInputs() {
        return Map.of(
                "a query", change("select 1"),
                "a table", change("drop table item"),
                "two statements", change("delete from item where id = 99; drop table item"),
                "no such column", change("update item set nothing = 1"),
                "a key that is there", change("insert into item (id) values (1)"));
    }

    @ParameterizedTest
    @EnumSource
    void a_place_of_a_run_changes_once_however_often_it_comes(Databases database) throws ConnectorException {
        int id = database == Databases.H2 ? 100 : 200;
        SqlWrite.Input insert = change("insert into item (id, name) values (?, ?)", id, "pot");
        assertThat(writer(database).run(insert, at("once"))).isEqualTo(new SqlWrite.Output(1));
        assertThat(writer(database).run(insert, at("once"))).isEqualTo(new SqlWrite.Output(1));
        assertThat(database.count("select count(*) from item where id = " + id)).isEqualTo(1);
        Refusals.of(Kind.BAD_INPUT, () -> writer(database).run(insert, at("another")));
        assertThat(writer(database).run(change("delete from item where id = ?", id), at("once")))
                .isEqualTo(new SqlWrite.Output(1));
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_changed_that_the_operator_does_not_allow(Databases database) {
        SqlWrite unallowed = new SqlWrite(database.shop("writer", ""));
        ConnectorException e = Refusals.of(Kind.DENIED, () -> unallowed.run(change("delete from item"), at("denied")));
        assertThat(e.fix()).contains("write");
        SqlWrite reader = new SqlWrite(database.shop("reader", ", \"write\": true"));
        Refusals.of(Kind.DENIED, () -> reader.run(change("delete from item"), at("reader")));
        assertThat(database.count("select count(*) from item where id <= 3")).isEqualTo(3);
    }
}
