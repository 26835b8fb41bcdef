package dev.hone.engine.ledger;

import java.util.Optional;

/** What came of asking to spend. */
public sealed interface Reservation {

    /** It is set aside. */
    record Reserved() implements Reservation {}

    /** The same key was reserved before and neither settled nor released: the caller of then did not live to tell. */
    record Abandoned() implements Reservation {}

    /**
     * It does not fit; nothing was set aside.
     *
     * @param whose what it does not fit into: {@code the budget}, that of a loop, or a limit of a day
     * @param loop the loop whose budget it is
     * @param unit {@code calls}, {@code tokens} or {@code microUsd}, in which the numbers are
     */
    record Refused(String whose, String unit, long wanted, long left, long limit, Optional<String> loop)
            implements Reservation {

        Refused(String whose, String unit, long wanted, long left, long limit) {
            this(whose, unit, wanted, left, limit, Optional.empty());
        }

        Refused of(Share share) {
            return new Refused(whose, unit, wanted, left, limit, Optional.of(share.loop()));
        }
    }
}
