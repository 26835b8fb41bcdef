package dev.hone.connectors.env.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.connectors.env.player.Negotiator.Game;
import dev.hone.connectors.env.player.Negotiator.Input;
import dev.hone.connectors.env.player.Negotiator.Offer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How the ones who haggle react, and that they err as often as they say. */
class NegotiationPlayersTest {

    private static final int DRAWS = 4_000;

    private static Input seller(int turn, Optional<Double> offered, String advice, List<Game> past) {
        return new Input(20, 8, turn, 5, offered, Optional.of(advice), Optional.of(past));
    }

    private static double mean(Input input) throws Exception {
        double sum = 0;
        for (long seed = 0; seed < DRAWS; seed++) {
            sum += new Negotiator().answer(input, new SplittableRandom(seed)).price();
        }
        return sum / DRAWS;
    }

    @Test
    void it_begins_at_its_opening_and_gives_way_turn_by_turn() throws Exception {
        double[] means = new double[5];
        for (int turn = 1; turn <= 5; turn++) {
            means[turn - 1] = mean(seller(turn, Optional.empty(), "", List.of()));
        }

        assertThat(means[0]).isCloseTo(20, within(0.3));
        assertThat(means).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        // Firm by 0.3, it goes 1 - 0.8 * 0.3 of the way from 20 to 8.
        assertThat(means[4]).isCloseTo(20 - 12 * 0.76, within(0.1));
    }

    @Test
    void advice_to_be_firm_holds_the_price_and_advice_to_give_way_lowers_it() throws Exception {
        double plain = mean(seller(4, Optional.empty(), "Check the answer once more and improve it.", List.of()));
        double firm = mean(seller(4, Optional.empty(), "Hold your price. Be patient.", List.of()));
        double soft = mean(seller(4, Optional.empty(), "Concede sooner.", List.of()));

        assertThat(plain).isCloseTo(mean(seller(4, Optional.empty(), "", List.of())), within(0.1));
        assertThat(firm).isGreaterThan(plain + 2);
        assertThat(soft).isLessThan(plain - 1);
    }

    @Test
    void a_lost_game_makes_it_softer() throws Exception {
        assertThat(mean(seller(4, Optional.empty(), "", List.of(new Game(false), new Game(true)))))
                .isLessThan(mean(seller(4, Optional.empty(), "", List.of(new Game(true), new Game(true)))) - 0.5);
    }

    @Test
    void it_takes_an_offer_that_is_as_good_as_its_own() throws Exception {
        Offer taken = new Negotiator().answer(seller(3, Optional.of(19.5), "", List.of()), new SplittableRandom(1));
        Offer refused = new Negotiator().answer(seller(2, Optional.of(8.0), "", List.of()), new SplittableRandom(1));

        assertThat(taken.price()).isEqualTo(19.5);
        assertThat(taken.says()).isEqualTo("Agreed: $19.50.");
        assertThat(refused.price()).isGreaterThan(8);
    }

    @Test
    void a_buyer_goes_the_other_way() throws Exception {
        Input buyer = new Input(10, 16, 5, 5, Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(mean(buyer)).isCloseTo(10 + 6 * 0.76, within(0.1));
    }

    @Test
    void it_misspeaks_in_one_turn_of_a_hundred() throws Exception {
        int far = 0;
        for (long seed = 0; seed < DRAWS; seed++) {
            double price = new Negotiator()
                    .answer(seller(3, Optional.empty(), "", List.of()), new SplittableRandom(seed))
                    .price();
            far += Math.abs(price - 15.4) > 6 ? 1 : 0;
        }

        assertThat(far / (double) DRAWS).isBetween(0.006, 0.015);
    }

    @Test
    void a_turn_that_cannot_be_is_refused() {
        for (int turn : new int[] {0, 6}) {
            assertThatThrownBy(() -> new Negotiator()
                            .answer(seller(turn, Optional.empty(), "", List.of()), new SplittableRandom(1)))
                    .hasMessageContaining("turn " + turn + " of 5");
        }
    }

    @Test
    void a_coach_cares_for_the_price_and_says_at_most_three_things() {
        int firm = 0;
        int soft = 0;
        for (long seed = 0; seed < DRAWS; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            String first = new Coach().answer(new Coach.Input(true, Optional.empty()), chance);
            String second = new Coach().answer(new Coach.Input(false, Optional.of(first)), chance);
            String last = second;
            for (int game = 0; game < 4; game++) {
                last = new Coach().answer(new Coach.Input(true, Optional.of(last)), chance);
            }
            assertThat(second).startsWith(first.substring(0, first.length() - 1));
            assertThat(last.split("\\.")).hasSizeLessThanOrEqualTo(3);
            firm += first.matches(".*(Hold|smaller|ambitious|patient).*") ? 1 : 0;
            soft += second.matches(".*(sooner|flexible|compromise).*") ? 1 : 0;
        }

        assertThat(firm / (double) DRAWS).isBetween(0.88, 0.92);
        assertThat(soft / (double) DRAWS).isBetween(0.9 * 0.22, 0.9 * 0.28);
    }
}
