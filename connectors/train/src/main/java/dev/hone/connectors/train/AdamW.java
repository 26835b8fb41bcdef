package dev.hone.connectors.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;

/**
 * The AdamW optimiser (Loshchilov and Hutter 2019) over one flat tensor of parameters, with the gradient's norm clipped
 * and a cosine schedule after a linear warm-up.
 */
final class AdamW {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.98;
    private static final double EPSILON = 1e-8;
    private static final double DECAY = 0.1;
    private static final double LARGEST_NORM = 1.0;
    private static final double LAST_RATE = 0.03;

    /** The learning rate over the course of a training. */
    record Schedule(double peak, int warmUp) {
        /**
         * @param step counted from 1
         * @param done how much of the training is over, 0 to 1
         */
        double rate(int step, double done) {
            double cosine = peak * (LAST_RATE + (1 - LAST_RATE) * (1 + Math.cos(Math.PI * done)) / 2);
            return cosine * Math.min(1, step / (double) warmUp);
        }
    }

    private final NDArray parameters;
    private final NDArray mean;
    private final NDArray square;
    private final Schedule schedule;
    private int step;

    AdamW(NDArray parameters, Schedule schedule) {
        this.parameters = parameters;
        this.schedule = schedule;
        this.mean = parameters.getManager().zeros(parameters.getShape());
        this.square = parameters.getManager().zeros(parameters.getShape());
    }

    /**
     * Takes one step along the parameters' gradient and clears it. A gradient with a number that is not finite is cleared
     * only: one bad batch must not spoil all that was learnt.
     *
     * @param done how much of the training is over, 0 to 1
     * @return whether a step was taken
     */
    boolean step(double done) {
        try (NDManager scratch = parameters.getManager().newSubManager()) {
            scratch.tempAttachAll(parameters, mean, square);
            NDArray gradient = parameters.getGradient();
            double norm = Math.sqrt(gradient.square().sum().getFloat());
            if (!Double.isFinite(norm)) {
                gradient.set(new NDIndex(":"), 0);
                return false;
            }
            step++;
            NDArray clipped = gradient.mul(Math.min(1, LARGEST_NORM / (norm + 1e-12)));
            mean.muli(BETA1).addi(clipped.mul(1 - BETA1));
            square.muli(BETA2).addi(clipped.square().mul(1 - BETA2));
            double rate = schedule.rate(step, done);
            NDArray scale = square.div(1 - Math.pow(BETA2, step)).sqrt().addi(EPSILON);
            parameters.muli(1 - rate * DECAY);
            parameters.subi(mean.div(scale).muli(rate / (1 - Math.pow(BETA1, step))));
            gradient.subi(gradient);
            return true;
        }
    }
}
