package dev.hone.engine.policy;

import java.util.random.RandomGenerator;

/** Numbers by chance. */
final class Draws {

    private Draws() {}

    /** Gamma with the given shape and rate 1 (Marsaglia and Tsang 2000). */
    static double gamma(double shape, RandomGenerator random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(Math.max(random.nextDouble(), 1e-300), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(Math.max(random.nextDouble(), 1e-300)) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }

    static double beta(double a, double b, RandomGenerator random) {
        double x = gamma(a, random);
        double y = gamma(b, random);
        return x + y == 0 ? 0.5 : x / (x + y);
    }

    /**
     * The mean of a normal distribution of unknown mean and variance after some values were seen (Gelman et al., Bayesian
     * Data Analysis, 3.3): normal-inverse-chi-squared with the prior mean {@code m} worth {@code kappa} values and the prior
     * variance {@code tau2} worth {@code nu}.
     */
    static double meanOf(Stat seen, double m, double kappa, double nu, double tau2, RandomGenerator random) {
        double n = seen.n();
        double kappaN = kappa + n;
        double mN = (kappa * m + seen.sum()) / kappaN;
        double nuN = nu + n;
        double between = n == 0 ? 0 : kappa * n / kappaN * (seen.mean() - m) * (seen.mean() - m);
        double scale = nu * tau2 + seen.deviations() + between;
        double variance = scale / (2 * gamma(nuN / 2, random));
        return mN + random.nextGaussian() * Math.sqrt(variance / kappaN);
    }
}
