package dev.hone.engine.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Gaussian process optimisation by upper confidence bounds (Srinivas et al. 2010) for outcomes that come late: an open trial
 * lowers the variance around it, but says nothing of the mean (GP-BUCB, Desautels et al. 2014).
 */
final class GpUcb implements Policy<GpUcb.Points> {

    /** @param scores of told trials; an open one has none */
    record Point(List<Double> at, Optional<Double> score) {}

    /** @param points by trial */
    record Points(Settings settings, Map<Long, Point> points) {}

    /** The most points that a choice looks at: the latest. */
    private static final int MOST = 200;

    @Override
    public String kind() {
        return "gp-ucb";
    }

    @Override
    public String says() {
        return "Takes the artifact with the highest bound of a Gaussian process over the features.";
    }

    @Override
    public Over over() {
        return Over.POOL;
    }

    @Override
    public Set<Class<? extends Outcome>> learnsFrom() {
        return Set.of(Outcome.Scored.class, Outcome.Failed.class);
    }

    @Override
    public List<Setting> settings() {
        return Range.and(
                new Setting("beta", 2, 0, 1000, "How much is explored."),
                new Setting("length", 1, 1e-6, 1e6, "How far apart features may be and still tell of each other."),
                new Setting("noise", 0.1, 1e-6, 1e6, "How far apart scores of the same features are."));
    }

    @Override
    public Points start(Settings settings, List<String> arms) {
        return new Points(settings, Map.of());
    }

    @Override
    public Points asked(Points state, Trial trial) {
        return trial.picked().isEmpty()
                ? state
                : with(
                        state,
                        trial.number(),
                        new Point(trial.picked().getFirst().features(), Optional.empty()));
    }

    @Override
    public Points told(Points state, Trial trial, Outcome outcome) throws BadOutcome {
        if (outcome instanceof Outcome.Scored(double score, var made)) {
            Range.check(state.settings(), score);
            return trial.picked().isEmpty()
                    ? state
                    : with(
                            state,
                            trial.number(),
                            new Point(trial.picked().getFirst().features(), Optional.of(score)));
        }
        if (!(outcome instanceof Outcome.Failed)) {
            throw new BadOutcome("it learns from a score, not from " + outcome);
        }
        Map<Long, Point> fewer = new LinkedHashMap<>(state.points());
        fewer.remove(trial.number());
        return new Points(state.settings(), java.util.Collections.unmodifiableMap(fewer));
    }

    private static Points with(Points state, long trial, Point point) {
        Map<Long, Point> more = new LinkedHashMap<>(state.points());
        more.put(trial, point);
        return new Points(state.settings(), java.util.Collections.unmodifiableMap(more));
    }

    @Override
    public Choice choose(Points state, Situation now, RandomGenerator random) throws NothingToChoose {
        if (Matrix.size(now.options()) == 0) {
            throw new NothingToChoose("the options have no features");
        }
        Process process = Process.of(state);
        double beta = state.settings().get("beta");
        return Tally.pick(Tally.highest(
                now.options(),
                option -> process.mean(option.features()) + beta * Math.sqrt(process.variance(option.features()))));
    }

    @Override
    public Optional<String> recommend(Points state, Situation now) {
        if (state.points().values().stream().noneMatch(point -> point.score().isPresent())) {
            return Optional.empty();
        }
        Process process = Process.of(state);
        return now.options().stream()
                .max(java.util.Comparator.comparingDouble((Option option) -> process.mean(option.features())))
                .map(Option::id);
    }

    /** The posterior: of the mean from told trials, of the variance from all. */
    private record Process(
            Settings settings, List<Point> told, double[] weights, double[][] inverse, List<Point> all, double middle) {

        static Process of(Points state) {
            List<Point> all = new ArrayList<>(state.points().values());
            all = all.subList(Math.max(0, all.size() - MOST), all.size());
            List<Point> told =
                    all.stream().filter(point -> point.score().isPresent()).toList();
            double middle = told.stream()
                    .mapToDouble(point -> point.score().orElseThrow())
                    .average()
                    .orElse(0);
            double[][] toldInverse = inverse(state.settings(), told);
            double[] deviations = told.stream()
                    .mapToDouble(point -> point.score().orElseThrow() - middle)
                    .toArray();
            return new Process(
                    state.settings(),
                    told,
                    told.isEmpty() ? new double[0] : Matrix.times(toldInverse, deviations),
                    inverse(state.settings(), all),
                    all,
                    middle);
        }

        double mean(List<Double> at) {
            double mean = middle;
            for (int i = 0; i < told.size(); i++) {
                mean += weights[i] * kernel(settings, told.get(i).at(), at);
            }
            return mean;
        }

        double variance(List<Double> at) {
            double[] k = all.stream()
                    .mapToDouble(point -> kernel(settings, point.at(), at))
                    .toArray();
            return k.length == 0 ? 1 : Math.max(0, 1 - Matrix.dot(k, Matrix.times(inverse, k)));
        }

        private static double kernel(Settings settings, List<Double> a, List<Double> b) {
            double distance = 0;
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                distance += (a.get(i) - b.get(i)) * (a.get(i) - b.get(i));
            }
            double length = settings.get("length");
            return Math.exp(-distance / (2 * length * length));
        }

        /** Of the kernel matrix with noise on its diagonal, by Gauss-Jordan elimination. */
        private static double[][] inverse(Settings settings, List<Point> points) {
            int n = points.size();
            double noise = settings.get("noise") * settings.get("noise");
            double[][] a = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a[i][j] = kernel(settings, points.get(i).at(), points.get(j).at()) + (i == j ? noise : 0);
                }
            }
            double[][] inverse = Matrix.diagonal(n, 1);
            for (int i = 0; i < n; i++) {
                double pivot = a[i][i];
                for (int j = 0; j < n; j++) {
                    a[i][j] /= pivot;
                    inverse[i][j] /= pivot;
                }
                for (int r = 0; r < n; r++) {
                    if (r != i && a[r][i] != 0) {
                        double factor = a[r][i];
                        for (int j = 0; j < n; j++) {
                            a[r][j] -= factor * a[i][j];
                            inverse[r][j] -= factor * inverse[i][j];
                        }
                    }
                }
            }
            return inverse;
        }
    }
}
