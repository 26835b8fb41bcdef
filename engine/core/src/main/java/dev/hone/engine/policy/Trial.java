package dev.hone.engine.policy;

import java.util.List;

/**
 * An ask and its choice.
 *
 * @param number 1 is the first of a policy
 * @param picked the chosen options as they were then
 */
public record Trial(long number, Choice choice, List<Option> picked) {}
