package dev.hone.engine.ledger;

import dev.hone.connectors.api.Usage;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** What a run has used and set aside. Called inside a transaction, one at a time for each run. */
final class Spending {

    Reservation reserve(Handle handle, String run, SpendKey key, Usage most, Limits limits) {
        Optional<Boolean> settled = handle.select(
                        "select settled from spend where run = ? and element = ? and iteration = ? and attempt = ?",
                        run,
                        key.element(),
                        key.iteration(),
                        key.attempt())
                .mapTo(Boolean.class)
                .findOne();
        if (settled.isPresent()) {
            return new Reservation.Abandoned();
        }
        Usage so = committed(handle, run);
        Optional<Reservation> refused = refused("calls", most.calls(), so.calls(), limits.calls())
                .or(() -> refused("tokens", most.tokens(), so.tokens(), limits.tokens()))
                .or(() -> refused("microUsd", most.microUsd(), so.microUsd(), limits.microUsd()));
        if (refused.isPresent()) {
            return refused.get();
        }
        handle.execute(
                "insert into spend (run, element, iteration, attempt, settled, calls, input_tokens, output_tokens, micro_usd,"
                        + " unpriced_calls) values (?, ?, ?, ?, false, ?, ?, ?, ?, ?)",
                run,
                key.element(),
                key.iteration(),
                key.attempt(),
                most.calls(),
                most.inputTokens(),
                most.outputTokens(),
                most.microUsd(),
                most.unpricedCalls());
        return new Reservation.Reserved();
    }

    private static Optional<Reservation> refused(String unit, long wanted, long committed, OptionalLong limit) {
        if (limit.isEmpty() || wanted <= limit.getAsLong() - committed) {
            return Optional.empty();
        }
        long most = limit.getAsLong();
        return Optional.of(new Reservation.Refused(unit, wanted, Math.max(0, most - committed), most));
    }

    int settle(Handle handle, String run, SpendKey key, Usage real) {
        return handle.execute(
                "update spend set settled = true, calls = ?, input_tokens = ?, cached_tokens = ?, output_tokens = ?,"
                        + " reasoning_tokens = ?, micro_usd = ?, estimated_calls = ?, unpriced_calls = ?"
                        + " where run = ? and element = ? and iteration = ? and attempt = ? and settled = false",
                real.calls(),
                real.inputTokens(),
                real.cachedTokens(),
                real.outputTokens(),
                real.reasoningTokens(),
                real.microUsd(),
                real.estimatedCalls(),
                real.unpricedCalls(),
                run,
                key.element(),
                key.iteration(),
                key.attempt());
    }

    int release(Handle handle, String run, SpendKey key) {
        return handle.execute(
                "delete from spend where run = ? and element = ? and iteration = ? and attempt = ? and settled = false",
                run,
                key.element(),
                key.iteration(),
                key.attempt());
    }

    Usage committed(Handle handle, String run) {
        return handle.select(
                        "select sum(calls) c, sum(input_tokens) i, sum(cached_tokens) k, sum(output_tokens) o,"
                                + " sum(reasoning_tokens) r, sum(micro_usd) m, sum(estimated_calls) e,"
                                + " sum(unpriced_calls) u from spend where run = ?",
                        run)
                // Of no rows the sums are null, which is read as 0.
                .map((row, context) -> new Usage(
                        row.getLong("c"),
                        row.getLong("i"),
                        row.getLong("k"),
                        row.getLong("o"),
                        row.getLong("r"),
                        row.getLong("m"),
                        row.getLong("e"),
                        row.getLong("u")))
                .one();
    }
}
