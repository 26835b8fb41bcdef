package dev.hone.engine.policy;

/** Small dense vectors and symmetric matrices, as arrays that are never changed once made. */
final class Matrix {

    private Matrix() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    /** The identity times a number, row by row. */
    static double[][] diagonal(int size, double value) {
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            matrix[i][i] = value;
        }
        return matrix;
    }

    static double[] times(double[][] matrix, double[] x) {
        double[] product = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            product[i] = dot(matrix[i], x);
        }
        return product;
    }

    /** The inverse of {@code A + x x'} from the inverse of A (Sherman and Morrison 1950). */
    static double[][] inverseWith(double[][] inverse, double[] x) {
        double[] ax = times(inverse, x);
        double denominator = 1 + dot(x, ax);
        double[][] next = new double[x.length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                next[i][j] = inverse[i][j] - ax[i] * ax[j] / denominator;
            }
        }
        return next;
    }

    /** The length of x in the metric of a matrix. */
    static double norm(double[] x, double[][] matrix) {
        return Math.sqrt(Math.max(0, dot(x, times(matrix, x))));
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** The features of an option, all of the same length; what is missing is zero. */
    static double[] features(Option option, int size) {
        double[] features = new double[size];
        for (int i = 0; i < Math.min(size, option.features().size()); i++) {
            features[i] = option.features().get(i);
        }
        return features;
    }

    /** How many features the options have. */
    static int size(java.util.List<Option> options) {
        return options.stream()
                .mapToInt(option -> option.features().size())
                .max()
                .orElse(0);
    }
}
