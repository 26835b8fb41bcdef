package dev.hone.connectors.env.player;

import dev.hone.connectors.api.ConnectorException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Haggles over a price with a time-dependent tactic (Faratin, Sierra and Jennings, Negotiation decision functions for autonomous
 * agents, 1998): from its opening price to its limit along {@code (turn / turns) ^ (1 / patience)}, where a firm one gives way
 * late and stops short of its limit. It takes an offer that is as good as what it would say itself.
 *
 * <p>Its firmness is 0.3 and is moved, within 0 and 1, by 0.2 for each piece of advice that has a word for being firm or for
 * giving way (it forgets each piece in one turn of ten, and advice with neither word, or both, moves nothing), and by -0.1 for
 * each earlier game without a deal. What it says is up to 0.5 beside what it means; in one turn of a hundred it is 10 beside that.
 */
final class Negotiator implements Player<Negotiator.Input> {

    private static final double USUAL_FIRMNESS = 0.3;
    private static final double ADVICE = 0.2;
    private static final double REGRET = 0.1;
    private static final double FORGETS = 0.1;
    private static final double NOISE = 0.5;
    private static final double MISSPEAKS = 0.01;
    private static final double SLIP = 10;

    /** How much of the way to its limit the firmest does not go. */
    private static final double SHORT = 0.8;

    private static final int MOST_TURNS = 1_000;
    private static final Pattern FIRM = word("firm|firmer|hold|later|slower|smaller|insist|ambitious|patient");
    private static final Pattern YIELD = word("yield|concede|sooner|faster|larger|compromise|flexible|generous");

    /**
     * What it knows.
     *
     * @param opening the price that it begins with
     * @param limit the worst price that it takes: above the opening for a buyer, below it for a seller
     * @param turn of its own turns which this is, from 1
     * @param turns how many it has
     * @param offered what the other said last
     * @param advice what it was told between the games, each sentence a piece
     * @param past its earlier games
     */
    record Input(
            double opening,
            double limit,
            int turn,
            int turns,
            Optional<Double> offered,
            Optional<String> advice,
            Optional<List<Game>> past) {}

    /** @param deal whether it ended with one */
    record Game(boolean deal) {}

    /**
     * What it says.
     *
     * @param price to two decimals
     * @param says the same in a sentence
     */
    record Offer(double price, String says) {}

    @Override
    public String name() {
        return "negotiator";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Offer answer(Input input, SplittableRandom chance) throws ConnectorException {
        if (input.turns() < 1 || input.turns() > MOST_TURNS || input.turn() < 1 || input.turn() > input.turns()) {
            throw Player.bad(
                    "it is turn " + input.turn() + " of " + input.turns(),
                    "count the turns from 1, at most " + MOST_TURNS);
        }
        double firmness = firmness(input, chance);
        double meant = meant(input, firmness) + NOISE * (2 * chance.nextDouble() - 1);
        double price = between(input.opening(), input.limit(), meant);
        double slip = chance.nextDouble() < MISSPEAKS ? SLIP : 0;
        if (input.offered().isPresent() && asGood(input, input.offered().get(), price)) {
            double taken = input.offered().get();
            return new Offer(taken, "Agreed: $" + shown(taken) + ".");
        }
        double said = Math.round(100 * (price + (chance.nextBoolean() ? slip : -slip))) / 100.0;
        return new Offer(said, "How about $" + shown(said) + "?");
    }

    private static double firmness(Input input, SplittableRandom chance) {
        double firmness = USUAL_FIRMNESS;
        for (String piece : input.advice().orElse("").split("[.;!\\n]+")) {
            boolean heard = chance.nextDouble() >= FORGETS;
            int towards =
                    (FIRM.matcher(piece).find() ? 1 : 0) - (YIELD.matcher(piece).find() ? 1 : 0);
            firmness += heard ? ADVICE * towards : 0;
        }
        long lost = input.past().orElse(List.of()).stream()
                .filter(game -> !game.deal())
                .count();
        return Math.clamp(firmness - REGRET * lost, 0, 1);
    }

    /** On its way from the opening to the limit: early with a firmness of 0, late and not all the way with 1. */
    private static double meant(Input input, double firmness) {
        double time = input.turns() == 1 ? 1 : (input.turn() - 1.0) / (input.turns() - 1);
        double patience = StrictMath.pow(4, 0.5 - firmness);
        double way = StrictMath.pow(time, 1 / patience) * (1 - SHORT * firmness);
        return input.opening() + way * (input.limit() - input.opening());
    }

    private static double between(double opening, double limit, double price) {
        return Math.clamp(price, Math.min(opening, limit), Math.max(opening, limit));
    }

    private static boolean asGood(Input input, double offered, double own) {
        return input.opening() > input.limit() ? offered >= own : offered <= own;
    }

    private static String shown(double price) {
        return String.format(Locale.ROOT, "%.2f", price);
    }

    private static Pattern word(String words) {
        return Pattern.compile("\\b(" + words + ")\\b", Pattern.CASE_INSENSITIVE);
    }
}
