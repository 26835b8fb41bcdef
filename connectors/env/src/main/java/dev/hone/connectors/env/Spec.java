package dev.hone.connectors.env;

import dev.hone.connectors.api.ConnectorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which environment: exactly one of these. */
public record Spec(
        Optional<Maze> grid,
        Optional<Pole> cartPole,
        Optional<Bargain> bargaining,
        Optional<Commons> publicGoods,
        Optional<Table> questions,
        Optional<Home> household) {

    /**
     * A walk on a grid from S to G.
     *
     * @param map its lines: {@code #} wall, {@code .} floor, {@code S} start, {@code G} goal, {@code H} hazard; both of the
     *     latter end the episode
     * @param slip how likely a move goes to one of its two sides instead; 0 when absent
     * @param limit the most steps, 1,000 when absent
     */
    public record Maze(String map, Optional<Double> slip, Optional<Integer> limit) {}

    /**
     * A pole to be balanced on a cart (Barto, Sutton and Anderson 1983).
     *
     * @param spread how far each number of the first state is from 0 at most; 0.05 when absent
     * @param limit the most steps of 0.02 s, 500 when absent
     */
    public record Pole(Optional<Double> spread, Optional<Integer> limit) {}

    /**
     * Two players split a pie by alternating offers, and waiting makes it smaller (Rubinstein 1982). The one who acts makes
     * the offers of the odd rounds. The other follows a script: its demand falls from round to round, and it accepts what it
     * would demand itself.
     *
     * @param pie in how many equal parts it can be split; 10 when absent
     * @param rounds after the last of them nobody gets anything; 10 when absent
     * @param discount what is left of the pie's worth from one round to the next; 0.9 when absent
     * @param demand the other's first, as a fraction of the pie; 0.7 when absent
     * @param concession how much its demand falls each round; 0.1 when absent
     * @param least below which its demand does not fall; 0.3 when absent
     * @param spread how far an episode's first demand is from {@code demand} at most; 0 when absent
     */
    public record Bargain(
            Optional<Integer> pie,
            Optional<Integer> rounds,
            Optional<Double> discount,
            Optional<Double> demand,
            Optional<Double> concession,
            Optional<Double> least,
            Optional<Double> spread) {}

    /**
     * A public-goods game: what all give is multiplied and shared equally.
     *
     * @param others the other players: {@code cooperator} gives all, {@code free-rider} nothing, {@code conditional} half at
     *     first and then what the rest gave on average in the round before
     * @param endowment of each player in each round; 10 when absent
     * @param multiplier 1.6 when absent
     * @param rounds 10 when absent
     * @param noise how far the gifts of the others are from their scripts at most; 0 when absent
     */
    public record Commons(
            List<String> others,
            Optional<Integer> endowment,
            Optional<Double> multiplier,
            Optional<Integer> rounds,
            Optional<Integer> noise) {}

    /**
     * Twenty questions about one item of a table.
     *
     * @param most how many questions may be asked before the guess; 20 when absent
     */
    public record Table(List<Item> items, Optional<Integer> most) {}

    /** @param attributes by name, each with its value for this item */
    public record Item(String name, Map<String, String> attributes) {}

    /**
     * A house with a job to do in it: find a thing, make it what it is to be, and put it where it belongs. One sees what is in
     * the place where one stands, when it has no door or the door is open, and has one hand.
     *
     * @param map its lines: {@code #} wall, {@code .} floor, {@code S} start, and the marks of the places
     * @param limit the most actions, 100 when absent
     */
    public record Home(String map, List<Furniture> places, List<Thing> things, Job job, Optional<Integer> limit) {}

    /**
     * A place where things are.
     *
     * @param mark its letter on the map
     * @param opens whether it has a door, which is closed at first; not when absent
     * @param locked how likely the door is locked, which one finds out by trying; 0 when absent
     * @param use what can be done there with a thing in the hand: {@code wash}, {@code heat} or {@code cool}
     */
    public record Furniture(
            String mark, String name, Optional<Boolean> opens, Optional<Double> locked, Optional<String> use) {}

    /**
     * A thing to be found.
     *
     * @param kind what the job calls it; a {@code key} unlocks every door and is behind none that locks
     * @param usual the places where it usually is; anywhere when absent
     * @param surprise how likely it is anywhere else; 0 when absent
     */
    public record Thing(String name, String kind, Optional<List<String>> usual, Optional<Double> surprise) {}

    /**
     * What is to be done: a thing of the kind is to be in a place.
     *
     * @param condition {@code clean}, {@code hot} or {@code cool}; as it is when absent
     */
    public record Job(String kind, Optional<String> condition, String to) {}

    /** @throws ConnectorException of kind BAD_INPUT when it is not one environment, or one that cannot be */
    Environment open() throws ConnectorException {
        long given = Stream.of(grid, cartPole, bargaining, publicGoods, questions, household)
                .filter(Optional::isPresent)
                .count();
        if (given != 1) {
            throw Check.bad(
                    "the env names " + given + " environments",
                    "give it exactly one of grid, cartPole, bargaining, publicGoods, questions, household");
        }
        if (grid.isPresent()) {
            return Grid.of(grid.get());
        }
        if (cartPole.isPresent()) {
            return CartPole.of(cartPole.get());
        }
        if (bargaining.isPresent()) {
            return Bargaining.of(bargaining.get());
        }
        if (publicGoods.isPresent()) {
            return PublicGoods.of(publicGoods.get());
        }
        return questions.isPresent() ? Questions.of(questions.get()) : Household.of(household.orElseThrow());
    }
}
