package dev.hone.connectors.external;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a training has said so far. Of many metrics every second is kept, then every fourth, and so on. */
final class Report {

    static final int MOST_METRICS = 1_000;

    private final String who;
    private final List<Map<String, Object>> metrics = new ArrayList<>();
    private int stride = 1;
    private int seen;

    /** @param who the training, in words */
    Report(String who) {
        this.who = who;
    }

    /** @throws ConnectorException of kind BROKEN when it is no object */
    void metric(JsonNode metric) throws ConnectorException {
        if (!metric.isObject()) {
            throw broken("reported a metric that is no JSON object");
        }
        if (seen++ % stride != 0) {
            return;
        }
        metrics.add(Job.JSON.convertValue(metric, new TypeReference<>() {}));
        if (metrics.size() > MOST_METRICS) {
            for (int i = metrics.size() / 2; i >= 0; i--) {
                if (2 * i + 1 < metrics.size()) {
                    metrics.remove(2 * i + 1);
                }
            }
            stride *= 2;
        }
    }

    /**
     * @param done an object with {@code version} and, it may be, {@code score}
     * @throws ConnectorException of kind BROKEN when it has no version, or a score that is no number
     */
    External.Output result(JsonNode done) throws ConnectorException {
        JsonNode version = done.path("version");
        JsonNode score = done.path("score");
        if (version.isMissingNode() || version.isNull()) {
            throw broken("is done without a 'version'");
        }
        if (!score.isMissingNode() && !score.isNull() && !score.isNumber()) {
            throw broken("gave a score that is no number");
        }
        return new External.Output(
                Job.JSON.convertValue(version, Object.class),
                score.isNumber() ? Optional.of(score.asDouble()) : Optional.empty(),
                List.copyOf(metrics));
    }

    ConnectorException broken(String what) {
        return new ConnectorException(Kind.BROKEN, who + " " + what, "look into its log, and at what it has to say");
    }
}
