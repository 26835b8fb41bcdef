package dev.hone.engine.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Halves the field: every option gets the same part of a round, the better half goes on to the next (Karnin, Koren and
 * Somekh 2013).
 */
final class SuccessiveHalving implements Policy<Tally> {

    @Override
    public String kind() {
        return "successive-halving";
    }

    @Override
    public String says() {
        return "Tries all, keeps the better half, tries these more, and so on.";
    }

    @Override
    public Over over() {
        return Over.ARMS;
    }

    @Override
    public Set<Class<? extends Outcome>> learnsFrom() {
        return Set.of(Outcome.Scored.class, Outcome.Failed.class);
    }

    @Override
    public List<Setting> settings() {
        return Range.and(new Setting("budget", 64, 1, 1e9, "How many trials there will be in all."));
    }

    @Override
    public Tally start(Settings settings, List<String> arms) {
        return Tally.start(settings);
    }

    @Override
    public Tally asked(Tally state, Trial trial) {
        return state.asked(trial);
    }

    @Override
    public Tally told(Tally state, Trial trial, Outcome outcome) throws BadOutcome {
        return state.told(trial, outcome);
    }

    @Override
    public Optional<String> recommend(Tally state, Situation now) {
        // The one that came furthest; of those the best.
        return now.options().stream()
                .filter(option -> state.of(option.id()).n() > 0)
                .max(Comparator.comparingDouble(
                                (Option option) -> state.of(option.id()).n())
                        .thenComparingDouble(option -> state.of(option.id()).mean()))
                .map(Option::id);
    }

    @Override
    public Choice choose(Tally state, Situation now, RandomGenerator random) throws NothingToChoose {
        if (now.options().isEmpty()) {
            throw new NothingToChoose("there are no options");
        }
        List<Option> field = now.options();
        int rounds = Math.max(1, 32 - Integer.numberOfLeadingZeros(field.size() - 1));
        double due = 0;
        while (true) {
            due += Math.max(1, Math.floor(state.settings().get("budget") / (rounds * (double) field.size())));
            for (Option option : field) {
                Stat stat = state.of(option.id());
                if (stat.n() + stat.pending() < due) {
                    return Tally.pick(option);
                }
            }
            if (field.size() == 1) {
                return Tally.pick(field.getFirst());
            }
            field = field.stream()
                    .sorted(Comparator.comparingDouble(
                                    (Option option) -> state.of(option.id()).mean())
                            .reversed())
                    .limit((field.size() + 1) / 2)
                    .toList();
        }
    }
}
