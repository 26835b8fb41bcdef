package dev.hone.engine.ledger;

import dev.hone.connectors.api.Usage;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** What a run has used and set aside. Called inside a transaction, one at a time for each run. */
final class Spending {

    private final Accounts accounts;

    Spending(Accounts accounts) {
        this.accounts = accounts;
    }

    /** @param account none for what is not paid again */
    Reservation reserve(
            Handle handle,
            String run,
            SpendKey key,
            Usage most,
            Limits limits,
            List<Share> shares,
            Optional<Account> account) {
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
        Optional<Reservation.Refused> refused = refused(
                        "the budget", most, new Spent(so.calls(), so.tokens(), so.microUsd()), limits)
                .or(() -> shares.stream()
                        .flatMap(share -> refused(
                                "the budget of the loop '" + share.loop() + "'",
                                most,
                                within(handle, run, share.iterations()),
                                share.limits())
                                .map(refusal -> refusal.of(share))
                                .stream())
                        .findFirst())
                .or(() -> account.flatMap(from -> accounts.take(handle, from, most)));
        if (refused.isPresent()) {
            return refused.get();
        }
        handle.execute(
                "insert into spend (run, element, iteration, attempt, settled, calls, input_tokens, output_tokens, micro_usd,"
                        + " unpriced_calls, tenant, on_day) values (?, ?, ?, ?, false, ?, ?, ?, ?, ?, ?, ?)",
                run,
                key.element(),
                key.iteration(),
                key.attempt(),
                most.calls(),
                most.inputTokens(),
                most.outputTokens(),
                most.microUsd(),
                most.unpricedCalls(),
                account.map(Account::tenant).orElse(null),
                account.map(Account::day).orElse(null));
        return new Reservation.Reserved();
    }

    /** What does not fit, if anything. */
    static Optional<Reservation.Refused> refused(String whose, Usage most, Spent so, Limits limits) {
        return refused(whose, "calls", most.calls(), so.calls(), limits.calls())
                .or(() -> refused(whose, "tokens", most.tokens(), so.tokens(), limits.tokens()))
                .or(() -> refused(whose, "microUsd", most.microUsd(), so.microUsd(), limits.microUsd()));
    }

    private static Optional<Reservation.Refused> refused(
            String whose, String unit, long wanted, long committed, OptionalLong limit) {
        if (limit.isEmpty() || wanted <= limit.getAsLong() - committed) {
            return Optional.empty();
        }
        long most = limit.getAsLong();
        return Optional.of(new Reservation.Refused(whose, unit, wanted, Math.max(0, most - committed), most));
    }

    /** Corrects the account of an open reservation by what was really used. */
    private void correct(Handle handle, String run, SpendKey key, Usage real) {
        handle.select(
                        "select tenant, on_day, calls, input_tokens + output_tokens t, micro_usd from spend"
                                + " where run = ? and element = ? and iteration = ? and attempt = ? and settled = false"
                                + " and tenant is not null",
                        run,
                        key.element(),
                        key.iteration(),
                        key.attempt())
                .map((row, context) -> new Open(
                        row.getString("tenant"),
                        row.getObject("on_day", LocalDate.class),
                        new Spent(row.getLong("calls"), row.getLong("t"), row.getLong("micro_usd"))))
                .findOne()
                .ifPresent(open -> accounts.add(
                        handle,
                        open.tenant(),
                        open.day(),
                        real.calls() - open.most().calls(),
                        real.tokens() - open.most().tokens(),
                        real.microUsd() - open.most().microUsd()));
    }

    private record Open(String tenant, LocalDate day, Spent most) {}

    /** What the calls cost that a run has in common with another: those with an event that says how they ended. */
    static void copy(Handle handle, String from, String to) {
        handle.execute(
                "insert into spend (run, element, iteration, attempt, settled, calls, input_tokens, output_tokens, micro_usd,"
                        + " cached_tokens, reasoning_tokens, estimated_calls, unpriced_calls)"
                        + " select ?, s.element, s.iteration, s.attempt, true, s.calls, s.input_tokens, s.output_tokens,"
                        + " s.micro_usd, s.cached_tokens, s.reasoning_tokens, s.estimated_calls, s.unpriced_calls"
                        + " from spend s where s.run = ? and exists (select 1 from event e where e.run = ?"
                        + " and e.element = s.element and e.iteration = s.iteration and e.attempt = s.attempt"
                        + " and e.kind in ('CALLED', 'PROBLEM'))",
                to,
                from,
                to);
    }

    int settle(Handle handle, String run, SpendKey key, Usage real) {
        correct(handle, run, key, real);
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
        correct(handle, run, key, Usage.NONE);
        return handle.execute(
                "delete from spend where run = ? and element = ? and iteration = ? and attempt = ? and settled = false",
                run,
                key.element(),
                key.iteration(),
                key.attempt());
    }

    /** What was used and is set aside where the iteration begins so. */
    private static Spent within(Handle handle, String run, String iterations) {
        return handle.select(
                        "select sum(calls) c, sum(input_tokens + output_tokens) t, sum(micro_usd) m from spend"
                                + " where run = ? and substring(iteration, 1, ?) = ?",
                        run,
                        iterations.length(),
                        iterations)
                .map((row, context) -> new Spent(row.getLong("c"), row.getLong("t"), row.getLong("m")))
                .one();
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
