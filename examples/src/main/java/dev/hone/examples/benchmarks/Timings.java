package dev.hone.examples.benchmarks;

import java.util.Collection;

/**
 * The times of many steps.
 *
 * @param sortedNanos of each step
 * @param perSecond steps, all runs together
 */
record Timings(long[] sortedNanos, double perSecond) {

    static final String HEAD = """
            | runs at once | steps | p50 ms | p99 ms | steps/s |
            |---:|---:|---:|---:|---:|""";

    static Timings of(Collection<Long> nanos, double perSecond) {
        return new Timings(nanos.stream().mapToLong(Long::longValue).sorted().toArray(), perSecond);
    }

    void print(int runs) {
        System.out.printf("| %d | %d | %.1f | %.1f | %.0f |%n", runs, sortedNanos.length, at(0.5), at(0.99), perSecond);
    }

    private double at(double share) {
        return sortedNanos[(int) (share * (sortedNanos.length - 1))] / 1e6;
    }
}
