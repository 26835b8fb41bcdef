package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;

/**
 * Something that can be chosen: an arm of the file or an artifact of a pool.
 *
 * @param parent the artifact it was made from
 * @param features numbers that describe it; may be empty
 * @param scores one number, or one for each objective; empty while it has none
 */
public record Option(String id, Optional<String> parent, List<Double> features, List<Double> scores) {}
