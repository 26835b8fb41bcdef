package dev.hone.engine.eval.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One direction of a chart, from a round number to a round number.
 *
 * @param step between two ticks: 1, 2 or 5 times a power of ten
 */
record Axis(double low, double high, double step) {

    private static final int TICKS = 5;

    /** Over all these values and 0, if they are not far from it; over 0 to 1 if there are none. */
    static Axis over(DoubleStream values) {
        DoubleSummaryStatistics all = values.filter(Double::isFinite).summaryStatistics();
        double low = all.getCount() == 0 ? 0 : all.getMin();
        double high = all.getCount() == 0 ? 1 : all.getMax();
        if (low > 0 && low <= high / 2) {
            low = 0;
        }
        if (high - low < 1e-9 * Math.max(1, Math.abs(high))) {
            low -= 0.5;
            high += 0.5;
        }
        double step = round((high - low) / TICKS);
        return new Axis(Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step, step);
    }

    private static double round(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }

    /** Where a value is, from 0 to 1; what is outside stands at the border. */
    double at(double value) {
        return Math.clamp((value - low) / (high - low), 0.0, 1.0);
    }

    List<Double> ticks() {
        return IntStream.rangeClosed(0, (int) Math.round((high - low) / step))
                .mapToObj(i -> low + i * step)
                .toList();
    }

    /** A tick in as few digits as tell it from its neighbours. */
    String label(double tick) {
        int digits = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
        BigDecimal rounded = BigDecimal.valueOf(tick).setScale(digits, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
}
