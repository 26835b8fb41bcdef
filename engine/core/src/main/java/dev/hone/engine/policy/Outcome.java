package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;

/** What came of a trial. */
public sealed interface Outcome {

    /** @param made the artifact that the trial brought forth */
    record Scored(double score, Optional<String> made) implements Outcome {}

    /** @param scores one for each objective */
    record ScoredMany(List<Double> scores, Optional<String> made) implements Outcome {}

    /** @param winner which of the picks was better, from 0 */
    record Preferred(int winner) implements Outcome {}

    /** It came to nothing. */
    record Failed() implements Outcome {}
}
