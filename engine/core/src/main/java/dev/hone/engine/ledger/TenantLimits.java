package dev.hone.engine.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What tenants may spend on a day, where somebody has said so. Called inside a transaction. */
final class TenantLimits {

    private TenantLimits() {}

    static Optional<Limits> of(Handle handle, String tenant) {
        return handle.select("select calls, tokens, micro_usd from tenant_limit where tenant = ?", tenant)
                .map((row, context) -> new Limits(
                        number(row.getObject("calls", Long.class)),
                        number(row.getObject("tokens", Long.class)),
                        number(row.getObject("micro_usd", Long.class))))
                .findOne();
    }

    /** @param limits empty for what the options say */
    static void set(Handle handle, String tenant, Optional<Limits> limits, String by, Instant at) {
        handle.execute("delete from tenant_limit where tenant = ?", tenant);
        limits.ifPresent(most -> handle.execute(
                "insert into tenant_limit (tenant, calls, tokens, micro_usd, set_by, set_at) values (?, ?, ?, ?, ?, ?)",
                tenant,
                value(most.calls()),
                value(most.tokens()),
                value(most.microUsd()),
                by,
                RunRows.utc(at)));
    }

    private static OptionalLong number(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static @Nullable Long value(OptionalLong limit) {
        return limit.isPresent() ? limit.getAsLong() : null;
    }
}
