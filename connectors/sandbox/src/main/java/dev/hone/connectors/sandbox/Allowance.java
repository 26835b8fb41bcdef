package dev.hone.connectors.sandbox;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.common.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What code in the sandbox may use, as the operator says it in {@code HONE_SANDBOX}, a JSON object; everything has a default.
 *
 * @param commands the programs that {@code command} may run, by their absolute path; none when absent
 * @param read directories to show beside the programs of the machine; they cannot be written
 * @param seconds how long a run may take; 10 when absent
 * @param memory MiB of each process; 512 when absent
 * @param processes how many at once, threads included; 32 when absent
 * @param disk MiB of the work directory; 64 when absent
 * @param output how many bytes a run may print, on each of its two streams; 256 KiB when absent
 */
record Allowance(
        Optional<List<String>> commands,
        Optional<List<String>> read,
        Optional<Double> seconds,
        Optional<Integer> memory,
        Optional<Integer> processes,
        Optional<Integer> disk,
        Optional<Integer> output) {

    static final String VARIABLE = "HONE_SANDBOX";

    private static final int MOST_SECONDS = 3_600;
    private static final int MOST_MEBIBYTES = 1 << 20;
    private static final int MOST_PROCESSES = 4_096;
    private static final int MOST_OUTPUT = 16 << 20;

    /** @throws ConnectorException of kind BROKEN when the variable's value is none */
    static Allowance of(UnaryOperator<String> variables) throws ConnectorException {
        Setting<Allowance> setting = Setting.of(VARIABLE, Allowance.class, variables);
        Allowance allowance = setting.value();
        for (String path : allowance.paths()) {
            if (path == null
                    || !path.startsWith("/")
                    || path.contains("\n")
                    || !Path.of(path).normalize().toString().equals(path)) {
                throw setting.broken("names " + path + ", which is no absolute path in its plain form");
            }
        }
        setting.within("seconds", allowance.seconds.orElse(1.0), MOST_SECONDS);
        setting.within("memory", allowance.memory.orElse(1), MOST_MEBIBYTES);
        setting.within("processes", allowance.processes.orElse(1), MOST_PROCESSES);
        setting.within("disk", allowance.disk.orElse(1), MOST_MEBIBYTES);
        setting.within("output", allowance.output.orElse(1), MOST_OUTPUT);
        return allowance;
    }

    private List<String> paths() {
        return Stream.concat(commands.orElse(List.of()).stream(), read.orElse(List.of()).stream())
                .toList();
    }
}
