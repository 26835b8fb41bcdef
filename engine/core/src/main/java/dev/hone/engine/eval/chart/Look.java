package dev.hone.engine.eval.chart;

import java.util.List;

/**
 * How the lines of a chart are told apart: by colour, by dashes and by the shape of their points, so that any one of the
 * three is enough.
 *
 * @param light on a light ground, as {@code #rrggbb}
 * @param dark on a dark ground, as {@code #rrggbb}
 * @param dashes lengths drawn and left out, in turn, in pixels; none for a solid line
 */
record Look(String light, String dark, List<Integer> dashes, Marker marker) {

    /** The shape of a line's points, and the character for it in a terminal. */
    enum Marker {
        CIRCLE('●'),
        SQUARE('■'),
        TRIANGLE('▲'),
        DIAMOND('◆'),
        RING('○'),
        BOX('□'),
        TENT('△'),
        KITE('◇');

        private final char character;

        Marker(char character) {
            this.character = character;
        }

        char character() {
            return character;
        }

        boolean filled() {
            return ordinal() < RING.ordinal();
        }

        /** The corners around 0, 0 within a circle of radius 1, x and y in turn; none for a circle. */
        List<Double> corners() {
            return switch (this) {
                case CIRCLE, RING -> List.of();
                case SQUARE, BOX -> List.of(-0.8, -0.8, 0.8, -0.8, 0.8, 0.8, -0.8, 0.8);
                case TRIANGLE, TENT -> List.of(0.0, -1.0, 1.0, 0.8, -1.0, 0.8);
                case DIAMOND, KITE -> List.of(0.0, -1.1, 1.1, 0.0, 0.0, 1.1, -1.1, 0.0);
            };
        }
    }

    /** Hues of Okabe and Ito, "Color universal design", 2008, with lightness for each ground. */
    private static final List<Look> ALL = List.of(
            new Look("#0072b2", "#56b4e9", List.of(), Marker.CIRCLE),
            new Look("#b34700", "#f0954a", List.of(8, 4), Marker.SQUARE),
            new Look("#00795b", "#2fc79b", List.of(2, 3), Marker.TRIANGLE),
            new Look("#a3457e", "#e08fbf", List.of(10, 3, 2, 3), Marker.DIAMOND),
            new Look("#7a5c00", "#e6c229", List.of(5, 2), Marker.RING),
            new Look("#444444", "#c8c8c8", List.of(12, 4), Marker.BOX),
            new Look("#3d3d99", "#a9a9f5", List.of(3, 5), Marker.TENT),
            new Look("#99222e", "#f58a8f", List.of(10, 3, 2, 3, 2, 3), Marker.KITE));

    /** Of the series at a place in the legend. */
    static Look of(int series) {
        return ALL.get(series % ALL.size());
    }
}
