package dev.hone.connectors.env;

import dev.hone.connectors.api.ConnectorException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A grid world. A state is the row and the column, counted from 0 at the top left. */
final class Grid implements Environment {

    /** The most lines of a map, and the most characters of a line. */
    static final int MOST = 64;

    /** Clockwise, so that the neighbours in this list are the sides to which a move slips. */
    private static final List<String> MOVES = List.of("up", "right", "down", "left");

    private static final int[][] BY = {{-1, 0}, {0, 1}, {1, 0}, {0, -1}};
    private static final List<String> FEATURES = List.of("step", "goal", "hazard", "bump", "closer", "farther", "near");

    private final List<String> map;
    private final List<double[]> starts;
    private final int[][] distances;
    private final double slip;
    private final int limit;

    private Grid(List<String> map, List<double[]> starts, double slip, int limit) {
        this.map = map;
        this.starts = starts;
        this.distances = distances(map);
        this.slip = slip;
        this.limit = limit;
    }

    static Grid of(Spec.Maze spec) throws ConnectorException {
        List<String> map = lines("grid.map", spec.map());
        List<double[]> starts = new ArrayList<>();
        boolean goal = false;
        for (int row = 0; row < map.size(); row++) {
            for (int column = 0; column < map.getFirst().length(); column++) {
                char cell = map.get(row).charAt(column);
                if ("#.SGH".indexOf(cell) < 0) {
                    throw Check.bad(
                            "grid.map has '" + cell + "' in line " + (row + 1),
                            "use # for a wall, . for floor, S for a start, G for a goal, H for a hazard");
                }
                if (cell == 'S') {
                    starts.add(new double[] {row, column});
                }
                goal |= cell == 'G';
            }
        }
        if (starts.isEmpty() || !goal) {
            throw Check.bad("grid.map has no " + (goal ? "start S" : "goal G"), "put one into the map");
        }
        return new Grid(
                map,
                starts,
                Check.number("grid.slip", spec.slip(), 0, 0, 1),
                Check.whole("grid.limit", spec.limit(), 1_000, 1, World.MOST_STEPS));
    }

    /**
     * The lines of a map, all equally long.
     *
     * @throws ConnectorException of kind BAD_INPUT when it has none, too many, or some of another length
     */
    static List<String> lines(String name, String text) throws ConnectorException {
        List<String> map =
                Check.present(name, text).strip().lines().map(String::strip).toList();
        int width = map.isEmpty() ? 0 : map.getFirst().length();
        if (map.isEmpty() || map.size() > MOST || width > MOST) {
            throw Check.bad(
                    name + " has " + map.size() + " lines, the first of " + width + " characters",
                    "give 1 to " + MOST + " lines of at most " + MOST + " characters");
        }
        for (int row = 0; row < map.size(); row++) {
            if (map.get(row).length() != width) {
                throw Check.bad(
                        "line " + (row + 1) + " of " + name + " has "
                                + map.get(row).length() + " characters, the first " + width,
                        "make all lines equally long, with # where there is nothing");
            }
        }
        return map;
    }

    private char cell(double[] state) {
        return cell((int) state[0], (int) state[1]);
    }

    /** Beyond the edge there is a wall. */
    private char cell(int row, int column) {
        boolean inside = row >= 0
                && row < map.size()
                && column >= 0
                && column < map.getFirst().length();
        return inside ? map.get(row).charAt(column) : '#';
    }

    /** Of each cell to its nearest goal, as if there were no walls: once forward, once backward. */
    private static int[][] distances(List<String> map) {
        int height = map.size();
        int width = map.getFirst().length();
        int[][] distances = new int[height][width];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int above = row > 0 ? distances[row - 1][column] : height + width;
                int before = column > 0 ? distances[row][column - 1] : height + width;
                distances[row][column] = map.get(row).charAt(column) == 'G' ? 0 : 1 + Math.min(above, before);
            }
        }
        for (int row = height - 1; row >= 0; row--) {
            for (int column = width - 1; column >= 0; column--) {
                int below = row < height - 1 ? distances[row + 1][column] : height + width;
                int after = column < width - 1 ? distances[row][column + 1] : height + width;
                distances[row][column] = Math.min(distances[row][column], 1 + Math.min(below, after));
            }
        }
        return distances;
    }

    private int distance(double[] state) {
        return distances[(int) state[0]][(int) state[1]];
    }

    @Override
    public double[] reset(SplittableRandom random) {
        return starts.get(random.nextInt(starts.size()));
    }

    @Override
    public Transition step(double[] state, String action, SplittableRandom random) {
        int move = MOVES.indexOf(action);
        if (random.nextDouble() < slip) {
            move = (move + (random.nextBoolean() ? 1 : 3)) % 4;
        }
        double[] next = {state[0] + BY[move][0], state[1] + BY[move][1]};
        boolean bump = cell(next) == '#';
        if (bump) {
            next = state;
        }
        char there = cell(next);
        return new Transition(
                next,
                new double[] {
                    1,
                    there == 'G' ? 1 : 0,
                    there == 'H' ? 1 : 0,
                    bump ? 1 : 0,
                    distance(next) < distance(state) ? 1 : 0,
                    distance(next) > distance(state) ? 1 : 0,
                    1.0 / (1 + distance(next))
                },
                there == 'G' || there == 'H');
    }

    @Override
    public List<String> actions(double[] state) {
        return MOVES;
    }

    @Override
    public Map<String, Object> observation(double[] state) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("row", state[0]);
        seen.put("column", state[1]);
        for (int move = 0; move < MOVES.size(); move++) {
            seen.put(MOVES.get(move), String.valueOf(cell((int) state[0] + BY[move][0], (int) state[1] + BY[move][1])));
        }
        return seen;
    }

    @Override
    public String key(double[] state) {
        return (int) state[0] + "," + (int) state[1];
    }

    /** The map with {@code @} where one stands. */
    @Override
    public String text(double[] state) {
        StringBuilder text = new StringBuilder(String.join("\n", map));
        text.setCharAt((int) state[0] * (map.getFirst().length() + 1) + (int) state[1], '@');
        return text.toString();
    }

    @Override
    public void draw(double[] state, Graphics2D canvas, int side) {
        int size = side / Math.max(map.size(), map.getFirst().length());
        for (int row = 0; row < map.size(); row++) {
            for (int column = 0; column < map.getFirst().length(); column++) {
                canvas.setColor(
                        switch (cell(row, column)) {
                            case '#' -> Color.DARK_GRAY;
                            case 'G' -> Color.GREEN;
                            case 'H' -> Color.RED;
                            default -> Color.LIGHT_GRAY;
                        });
                canvas.fillRect(column * size, row * size, size, size);
            }
        }
        canvas.setColor(Color.BLUE);
        canvas.fillOval((int) state[1] * size, (int) state[0] * size, size, size);
    }

    @Override
    public List<String> features() {
        return FEATURES;
    }

    @Override
    public Map<String, Double> reward() {
        return Map.of("goal", 1.0, "hazard", -1.0, "step", -0.01);
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public boolean holds(double[] state) {
        return state.length == 2
                && state[0] == Math.rint(state[0])
                && state[1] == Math.rint(state[1])
                && cell(state) != '#';
    }
}
