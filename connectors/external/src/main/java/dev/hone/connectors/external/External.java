package dev.hone.connectors.external;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.OperatorTool;
import dev.hone.connectors.common.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A trainer that runs elsewhere: {@code train: {trainer: external, with: {trainer: lora}, data: {from: poems}, into: adapter}}.
 * What runs is said by the operator in {@code HONE_TRAINER_LORA}; see {@link Site}.
 */
public final class External extends OperatorTool<External.Input, External.Output> {

    /**
     * @param trainer the name under which the operator knows it
     * @param data the examples, handed over as they are
     * @param settings anything else that it wants to know
     */
    public record Input(String trainer, Optional<List<Object>> data, Optional<Map<String, Object>> settings) {}

    /**
     * @param value the new version, as the training reports it; a path or an id of what is too large to be told, for instance
     * @param score how good it is, if the training says so
     * @param metrics what it reported on its way, thinned out to at most 1,000
     */
    public record Output(Object value, Optional<Double> score, List<Map<String, Object>> metrics) {}

    /** Reads the environment. */
    public External() {
        this(System::getenv);
    }

    External(UnaryOperator<String> variables) {
        super("external", Input.class, Output.class, variables);
    }

    /**
     * @throws ConnectorException of kind UNKNOWN without such a trainer; TIMEOUT when it takes too long or is silent for too
     *     long; LOST when it was killed or forgotten; BROKEN when it fails or says what cannot be understood; CANCELLED
     */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        if (context.cancellation().cancelled()) {
            throw new ConnectorException(Kind.CANCELLED, "the run was cancelled", "start it again");
        }
        Setting<Site> setting = Site.of(input.trainer(), variables);
        Site site = setting.value();
        Job job = Job.of(input, context);
        return site.command().isPresent()
                ? new ProcessTraining(site, job, variables).run(context)
                : new HttpTraining(setting, job).run(context);
    }
}
