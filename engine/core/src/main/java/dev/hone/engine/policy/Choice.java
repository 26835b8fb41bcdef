package dev.hone.engine.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy chose.
 *
 * @param picks the ids of the chosen options, in order; empty for the root of a tree
 * @param arm how to go on from there, for policies that choose that too
 * @param numbers what controllers give
 */
public record Choice(List<String> picks, Optional<String> arm, Map<String, Double> numbers) {}
