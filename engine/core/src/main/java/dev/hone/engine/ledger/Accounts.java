package dev.hone.engine.ledger;

import dev.hone.connectors.api.Usage;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * What tenants, and all of them together, have spent and set aside by days. The rows are locked in one order, that of all runs
 * first, by the transactions that change them.
 */
final class Accounts {

    /** In the place of a tenant: all of them. */
    private static final String ALL = "";

    private record Row(String tenant, LocalDate day) {}

    private final Set<Row> known = ConcurrentHashMap.newKeySet();

    /** Makes the rows of an account, before the transaction that locks them; whoever is quicker makes them. */
    synchronized void open(Database database, Account account) {
        for (Row row : new Row[] {new Row(ALL, account.day()), new Row(account.tenant(), account.day())}) {
            if (!known.contains(row)) {
                database.transaction(handle -> {
                    boolean there = handle.select(
                                    "select 1 from account where tenant = ? and on_day = ?", row.tenant(), row.day())
                            .mapTo(Integer.class)
                            .findOne()
                            .isPresent();
                    return there
                            ? 0
                            : handle.execute(
                                    "insert into account (tenant, on_day, calls, tokens, micro_usd) values (?, ?, 0, 0, 0)",
                                    row.tenant(),
                                    row.day());
                });
                known.add(row);
            }
        }
    }

    /** Takes from an account, unless that is more than there is; then nothing is taken. */
    Optional<Reservation.Refused> take(Handle handle, Account account, Usage most) {
        Optional<Reservation.Refused> refused = Spending.refused(
                        "today's limit of all runs", most, locked(handle, ALL, account.day()), account.ofAll())
                .or(() -> Spending.refused(
                        "today's limit of the tenant '" + account.tenant() + "'",
                        most,
                        locked(handle, account.tenant(), account.day()),
                        TenantLimits.of(handle, account.tenant()).orElse(account.ofTenant())));
        if (refused.isEmpty()) {
            add(handle, account.tenant(), account.day(), most.calls(), most.tokens(), most.microUsd());
        }
        return refused;
    }

    /** Adds to, or with negative numbers gives back to, a tenant and all together. */
    void add(Handle handle, String tenant, LocalDate day, long calls, long tokens, long microUsd) {
        for (String row : new String[] {ALL, tenant}) {
            handle.execute(
                    "update account set calls = calls + ?, tokens = tokens + ?, micro_usd = micro_usd + ?"
                            + " where tenant = ? and on_day = ?",
                    calls,
                    tokens,
                    microUsd,
                    row,
                    day);
        }
    }

    private static Spent locked(Handle handle, String tenant, LocalDate day) {
        return spent(handle, tenant, day, " for update").orElseThrow();
    }

    /** Empty for a day on which nothing was reserved. */
    static Optional<Spent> spent(Handle handle, String tenant, LocalDate day) {
        return spent(handle, tenant, day, "");
    }

    private static Optional<Spent> spent(Handle handle, String tenant, LocalDate day, String locking) {
        return handle.select(
                        "select calls, tokens, micro_usd from account where tenant = ? and on_day = ?" + locking,
                        tenant,
                        day)
                .map((row, context) -> new Spent(row.getLong("calls"), row.getLong("tokens"), row.getLong("micro_usd")))
                .findOne();
    }
}
