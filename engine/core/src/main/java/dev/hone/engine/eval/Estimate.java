package dev.hone.engine.eval;

/**
 * A mean and how well it is known.
 *
 * @param mean over tasks
 * @param interval of 95 %; contains the mean
 * @param tasks how many independent numbers it comes from, at least 1
 */
public record Estimate(double mean, Interval interval, int tasks) {}
