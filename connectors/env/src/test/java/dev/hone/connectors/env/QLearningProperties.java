package dev.hone.connectors.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.env.QLearning.Schedule;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What Q-learning learns on small grids, against value iteration on what the map says. */
class QLearningProperties {

    private static final double GAMMA = 0.9;
    private static final double SLIP = 0.2;
    private static final int[][] BY = {{-1, 0}, {0, 1}, {1, 0}, {0, -1}};
    private static final String[] MOVES = {"up", "right", "down", "left"};

    /** Whose goal is worth walking to when no move slips. */
    @Provide
    Arbitrary<String> sureWays() {
        return maps().filter(map -> max(at(optimal(map, 0), "0,0")) > 0);
    }

    /** Whose goal is worth walking to when one move in five slips. */
    @Provide
    Arbitrary<String> slipperyWays() {
        return maps().filter(map -> max(at(optimal(map, SLIP), "0,0")) > 0.2);
    }

    /** A grid of four by four with the start and the goal in opposite corners. */
    private static Arbitrary<String> maps() {
        return Arbitraries.of('.', '.', '.', '#', 'H').list().ofSize(14).map(cells -> {
            StringBuilder all = new StringBuilder("S");
            cells.forEach(all::append);
            all.append('G');
            return all.substring(0, 4) + "\n" + all.substring(4, 8) + "\n" + all.substring(8, 12) + "\n"
                    + all.substring(12);
        });
    }

    /** What each action is worth in each cell, exactly, when each step costs 0.01. */
    private static Map<String, double[]> optimal(String map, double slip) {
        String[] lines = map.split("\n");
        double[][] value = new double[4][4];
        Map<String, double[]> worth = new HashMap<>();
        for (int sweep = 0; sweep < 500; sweep++) {
            double[][] next = new double[4][4];
            for (int row = 0; row < 4; row++) {
                for (int column = 0; column < 4; column++) {
                    char cell = lines[row].charAt(column);
                    if (cell != '.' && cell != 'S') {
                        continue;
                    }
                    double[] actions = new double[4];
                    double best = Double.NEGATIVE_INFINITY;
                    for (int action = 0; action < 4; action++) {
                        actions[action] = (1 - slip) * after(lines, value, row, column, action)
                                + slip / 2 * after(lines, value, row, column, (action + 1) % 4)
                                + slip / 2 * after(lines, value, row, column, (action + 3) % 4);
                        best = Math.max(best, actions[action]);
                    }
                    next[row][column] = best;
                    worth.put(row + "," + column, actions);
                }
            }
            value = next;
        }
        return worth;
    }

    private static double after(String[] lines, double[][] value, int row, int column, int move) {
        int r = row + BY[move][0];
        int c = column + BY[move][1];
        boolean stays = r < 0 || r > 3 || c < 0 || c > 3 || lines[r].charAt(c) == '#';
        char there = stays ? '.' : lines[r].charAt(c);
        return switch (there) {
            case 'G' -> 0.99;
            case 'H' -> -1.01;
            default -> -0.01 + GAMMA * (stays ? value[row][column] : value[r][c]);
        };
    }

    private static Map<String, Map<String, Double>> learn(String map, double slip, int episodes, Schedule alpha)
            throws ConnectorException {
        QLearning.Input input = new QLearning.Input(
                Specs.grid(map, slip, 200),
                Optional.of(episodes),
                Optional.of(alpha),
                Optional.of(GAMMA),
                Optional.of(new Schedule(1, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1),
                Optional.of(7L));
        return new QLearning().run(input, CallContext.standalone(1)).value().table();
    }

    @Property(tries = 40)
    void without_chance_it_learns_what_every_action_is_worth(@ForAll("sureWays") String map) throws ConnectorException {
        Map<String, double[]> optimal = optimal(map, 0);

        Map<String, Map<String, Double>> learned = learn(map, 0, 2_000, new Schedule(1, Optional.empty()));

        // From the start along the best actions, the table is exact.
        int row = 0;
        int column = 0;
        while (map.split("\n")[row].charAt(column) != 'G') {
            double[] exact = at(optimal, row + "," + column);
            Map<String, Double> own = at(learned, row + "," + column);
            int best = 0;
            for (int action = 0; action < 4; action++) {
                assertThat(at(own, MOVES[action])).isCloseTo(exact[action], within(1e-9));
                best = exact[action] > exact[best] ? action : best;
            }
            row += BY[best][0];
            column += BY[best][1];
        }
    }

    @Property(tries = 15)
    void where_moves_slip_it_comes_close_to_what_the_start_is_worth(@ForAll("slipperyWays") String map)
            throws ConnectorException {
        Map<String, double[]> optimal = optimal(map, SLIP);

        Map<String, Map<String, Double>> learned = learn(map, SLIP, 8_000, new Schedule(0.5, Optional.of(0.005)));

        double start = at(learned, "0,0").values().stream()
                .mapToDouble(worth -> worth)
                .max()
                .orElseThrow();
        assertThat(start).isCloseTo(max(at(optimal, "0,0")), within(0.1));
    }

    private static <V> V at(Map<String, V> map, String key) {
        return Objects.requireNonNull(map.get(key));
    }

    private static double max(double[] numbers) {
        double max = Double.NEGATIVE_INFINITY;
        for (double number : numbers) {
            max = Math.max(max, number);
        }
        return max;
    }
}
