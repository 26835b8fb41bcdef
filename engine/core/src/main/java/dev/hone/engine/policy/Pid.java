package dev.hone.engine.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A proportional-integral-derivative controller: its output answers the errors of what was told, so that a workflow can edit
 * as strongly as the target is missed. The integral stops growing where the output is at its limit, unless that is switched off; swings are counted.
 */
final class Pid implements Policy<Pid.Loop> {

    /** @param swings how often the error changed its sign */
    record Loop(Settings settings, double integral, double last, double slope, int swings, long told) {}

    @Override
    public String kind() {
        return "pid";
    }

    @Override
    public String says() {
        return "A controller: told what was measured, it gives the 'output' that leads to the target.";
    }

    @Override
    public Over over() {
        return Over.NOTHING;
    }

    @Override
    public Set<Class<? extends Outcome>> learnsFrom() {
        return Set.of(Outcome.Scored.class, Outcome.Failed.class);
    }

    @Override
    public List<Setting> settings() {
        return Range.and(
                new Setting("target", 1, -1e9, 1e9, "What is to be measured in the end."),
                new Setting("kp", 0.5, -1e6, 1e6, "How strongly the error counts."),
                new Setting("ki", 0.1, -1e6, 1e6, "How strongly the sum of errors counts."),
                new Setting("kd", 0, -1e6, 1e6, "How strongly the change of the error counts."),
                new Setting("limit", 10, 0, 1e9, "The largest output, either way."),
                new Setting("antiWindup", 1, 0, 1, "Whether the sum stops growing where the output is at its limit."));
    }

    @Override
    public Loop start(Settings settings, List<String> arms) {
        return new Loop(settings, 0, 0, 0, 0, 0);
    }

    @Override
    public Choice choose(Loop state, Situation now, RandomGenerator random) {
        return new Choice(
                List.of(), Optional.empty(), Map.of("output", output(state), "error", state.last(), "swings", (double)
                        state.swings()));
    }

    private static double output(Loop state) {
        double limit = state.settings().get("limit");
        return Math.max(-limit, Math.min(limit, raw(state)));
    }

    private static double raw(Loop state) {
        Settings s = state.settings();
        return s.get("kp") * state.last() + s.get("ki") * state.integral() + s.get("kd") * state.slope();
    }

    @Override
    public Loop told(Loop state, Trial trial, Outcome outcome) throws BadOutcome {
        if (outcome instanceof Outcome.Failed) {
            return state;
        }
        if (!(outcome instanceof Outcome.Scored(double measured, var made))) {
            throw new BadOutcome("it learns from a measurement, not from " + outcome);
        }
        Range.check(state.settings(), measured);
        double error = state.settings().get("target") - measured;
        boolean saturated = state.settings().get("antiWindup") > 0
                && Math.abs(raw(state)) > state.settings().get("limit")
                && error * raw(state) > 0;
        boolean swung = state.told() > 0 && error * state.last() < 0;
        return new Loop(
                state.settings(),
                saturated ? state.integral() : state.integral() + error,
                error,
                state.told() == 0 ? 0 : error - state.last(),
                state.swings() + (swung ? 1 : 0),
                state.told() + 1);
    }

    @Override
    public Optional<String> recommend(Loop state, Situation now) {
        return Optional.empty();
    }
}
