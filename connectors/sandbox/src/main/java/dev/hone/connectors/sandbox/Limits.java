package dev.hone.connectors.sandbox;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.util.Optional;

/**
 * What one run may use.
 *
 * @param seconds from its start to its end
 * @param memory bytes of each process
 * @param processes at once
 * @param disk MiB
 * @param output bytes, of each stream
 */
record Limits(double seconds, long memory, int processes, int disk, int output) {

    /** @param seconds fewer than the operator allows */
    static Limits of(Allowance allowance, Optional<Double> seconds) throws ConnectorException {
        double most = allowance.seconds().orElse(10.0);
        double wanted = seconds.orElse(most);
        if (!(wanted > 0 && wanted <= most)) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "a run of " + wanted + " seconds is asked for, of at most " + most,
                    "ask for less, or let the operator raise 'seconds' in " + Allowance.VARIABLE);
        }
        return new Limits(
                wanted,
                allowance.memory().orElse(512) * (1L << 20),
                allowance.processes().orElse(32),
                allowance.disk().orElse(64),
                allowance.output().orElse(256 << 10));
    }
}
