package dev.hone.engine;

/**
 * A part of what a model is writing. It is told as it comes and kept nowhere: what counts is the reply, in the ledger. A try
 * that fails has told its parts, too; the next one begins anew with another {@code attempt}.
 *
 * @param run the run's id
 * @param element the step that asks
 * @param iteration where in the nested maps and loops; empty at the top
 * @param attempt 1 for the first try
 * @param text the part; empty when it is only the end
 * @param last whether the reply is now whole
 */
public record LiveText(String run, String element, String iteration, int attempt, String text, boolean last) {}
