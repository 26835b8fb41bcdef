package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Takes one of the elites of a grid by chance (Mouret and Clune 2015); the pool of shape grid keeps the best of each cell. */
final class MapElites implements Policy<Tally> {

    @Override
    public String kind() {
        return "map-elites";
    }

    @Override
    public String says() {
        return "Takes one of the elites of a grid, each as likely as the others.";
    }

    @Override
    public Over over() {
        return Over.POOL;
    }

    @Override
    public Set<Class<? extends Outcome>> learnsFrom() {
        return Set.of(Outcome.Scored.class, Outcome.Failed.class);
    }

    @Override
    public List<Setting> settings() {
        return Range.and();
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
        return now.options().stream()
                .filter(option -> !option.scores().isEmpty())
                .max(java.util.Comparator.comparingDouble(
                        (Option option) -> option.scores().getFirst()))
                .map(Option::id);
    }

    @Override
    public Choice choose(Tally state, Situation now, RandomGenerator random) throws NothingToChoose {
        if (now.options().isEmpty()) {
            throw new NothingToChoose("the grid is empty");
        }
        return Tally.pick(now.options().get(random.nextInt(now.options().size())));
    }
}
