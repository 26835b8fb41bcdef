package dev.hone.engine.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Spends a budget evenly by a price: the price rises while more than the rate is spent and falls while less is, and what is
 * worth less than its cost at that price is not bought (adaptive pacing by dual descent, Balseiro and Gur 2019). It is told
 * what each trial cost.
 */
final class BudgetPacing implements Policy<BudgetPacing.Price> {

    record Price(Settings settings, double lambda, double spent) {}

    @Override
    public String kind() {
        return "budget-pacing";
    }

    @Override
    public String says() {
        return "Told what was spent, it gives the 'price' below whose worth nothing should be bought.";
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
        return List.of(
                new Setting("rate", 1, 0, 1e9, "What may be spent in each trial on average."),
                new Setting("eta", 0.1, 1e-9, 1e6, "How fast the price follows."),
                new Setting("start", 0, 0, 1e9, "The price before the first trial."),
                new Setting("least", 0, 0, 1e9, "The least that a trial can cost."),
                new Setting("most", 1e9, 0, 1e12, "The most that a trial can cost."));
    }

    @Override
    public Price start(Settings settings, List<String> arms) {
        return new Price(settings, settings.get("start"), 0);
    }

    @Override
    public Choice choose(Price state, Situation now, RandomGenerator random) {
        return new Choice(List.of(), Optional.empty(), Map.of("price", state.lambda(), "spent", state.spent()));
    }

    @Override
    public Price told(Price state, Trial trial, Outcome outcome) throws BadOutcome {
        double cost = 0;
        if (outcome instanceof Outcome.Scored(double spent, var made)) {
            Range.check(state.settings(), spent);
            cost = spent;
        } else if (!(outcome instanceof Outcome.Failed)) {
            throw new BadOutcome("it learns from what was spent, not from " + outcome);
        }
        Settings s = state.settings();
        return new Price(s, Math.max(0, state.lambda() + s.get("eta") * (cost - s.get("rate"))), state.spent() + cost);
    }

    @Override
    public Optional<String> recommend(Price state, Situation now) {
        return Optional.empty();
    }
}
