package dev.hone.engine.work;

import dev.hone.engine.ledger.Reservation;
import java.math.BigDecimal;
import java.util.Optional;

/** A reservation that does not fit: nothing was bought, and the rules are told that the budget is exhausted. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    /** The loop whose budget it is; empty for that of the run, and for a limit of a day. */
    private final transient Optional<String> loop;

    Refusal(String what) {
        this(what, Optional.empty());
    }

    Refusal(String what, Optional<String> loop) {
        super(what);
        this.loop = loop;
    }

    Refusal(Reservation.Refused refused) {
        super("%s has %s of its %s left, and the next call may need %s"
                .formatted(
                        refused.whose(),
                        number(refused, refused.left()),
                        refused.unit().equals("microUsd")
                                ? number(refused, refused.limit())
                                : refused.limit() + " " + refused.unit(),
                        number(refused, refused.wanted())));
        this.loop = refused.loop();
    }

    Optional<String> loop() {
        return loop;
    }

    /** Money in dollars, to the millionth. */
    private static String number(Reservation.Refused refused, long amount) {
        return refused.unit().equals("microUsd")
                ? "$" + BigDecimal.valueOf(amount, 6).stripTrailingZeros().toPlainString()
                : Long.toString(amount);
    }
}
