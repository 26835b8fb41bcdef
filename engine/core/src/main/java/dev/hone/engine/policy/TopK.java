package dev.hone.engine.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Shows several options and learns from which one won. The bound of each is that of its wins among the times it was shown,
 * so nothing has to be known of those that lost.
 */
final class TopK implements Policy<Tally> {

    @Override
    public String kind() {
        return "top-k";
    }

    @Override
    public String says() {
        return "Takes the k options with the highest bounds and is told which of them was best.";
    }

    @Override
    public Over over() {
        return Over.ARMS;
    }

    @Override
    public Set<Class<? extends Outcome>> learnsFrom() {
        return Set.of(Outcome.Preferred.class, Outcome.Failed.class);
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("k", 3, 2, 1000, "How many options are taken."),
                new Setting("c", 1, 0, 100, "How much is explored."));
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
    public Choice choose(Tally state, Situation now, RandomGenerator random) throws NothingToChoose {
        if (now.options().size() < 2) {
            throw new NothingToChoose("fewer than two options can win over nothing");
        }
        double total = Math.max(1, state.asks());
        List<String> picks = now.options().stream()
                .sorted(Comparator.comparingDouble((Option option) -> bound(state, option, total))
                        .reversed())
                .limit(state.settings().whole("k"))
                .map(Option::id)
                .toList();
        return new Choice(picks, Optional.empty(), Map.of());
    }

    private static double bound(Tally state, Option option, double total) {
        Stat stat = state.of(option.id());
        double shown = stat.n() + stat.pending();
        return shown == 0
                ? Double.MAX_VALUE
                : stat.mean() + state.settings().get("c") * Math.sqrt(Math.log(total) / shown);
    }

    @Override
    public Tally told(Tally state, Trial trial, Outcome outcome) throws BadOutcome {
        List<String> picks = trial.choice().picks();
        Trie<Stat> stats = state.stats();
        int winner = Preference.winner(trial, outcome);
        for (int i = 0; i < picks.size(); i++) {
            double won = i == winner ? 1 : 0;
            boolean counts = winner >= 0;
            stats = stats.with(
                    picks.get(i), Stat.NONE, stat -> counts ? stat.answered().plus(won) : stat.answered());
        }
        return new Tally(state.settings(), stats, state.asks(), state.tells() + 1);
    }

    @Override
    public Optional<String> recommend(Tally state, Situation now) {
        return state.best(now);
    }
}
