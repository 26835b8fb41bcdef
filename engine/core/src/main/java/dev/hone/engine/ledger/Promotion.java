package dev.hone.engine.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A version of a slot that runs use in the place of the file's own value.
 *
 * @param workflow the name of the workflow
 * @param source the hash of the text that was measured; the version holds for this text alone
 * @param slot its name; {@link #WHOLE} when the version is a whole workflow
 * @param version counts from 2, as the file's own value is the first
 * @param content the value as JSON
 * @param evidence on which it was promoted
 * @param fromRun the run that found the value, if it came from one
 * @param act who did it
 * @param rollback who took it back, if somebody has
 */
public record Promotion(
        String workflow,
        String source,
        String slot,
        int version,
        String content,
        Evidence evidence,
        Optional<String> fromRun,
        Act act,
        Optional<Act> rollback) {

    /** In the place of a slot's name: the workflow's whole text. */
    public static final String WHOLE = "";

    /**
     * What showed the gain.
     *
     * @param file the hash of the file with the measurements
     * @param candidate the arm with the value
     * @param baseline the arm that it was held against
     * @param metric the sealed name that they were compared on
     * @param difference the mean over tasks, positive for a gain
     * @param low of its 95 % interval
     * @param high of its 95 % interval
     * @param eValue against there being no gain
     * @param needed the e-value from which on it is promoted
     * @param alpha how often, at most, an arm is promoted that is no gain
     * @param seeds runs of a task in each arm
     */
    public record Evidence(
            String file,
            String candidate,
            String baseline,
            String metric,
            double difference,
            double low,
            double high,
            double eValue,
            double needed,
            double alpha,
            int tasks,
            int seeds) {}

    /**
     * Who did something, and why.
     *
     * @param because in the person's own words; may be empty
     */
    public record Act(String by, String because, Instant at) {}

    /** Whether it has not been taken back. */
    public boolean holds() {
        return rollback.isEmpty();
    }
}
