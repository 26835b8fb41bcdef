package dev.hone.engine.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Picks parents for evolution: binary tournaments on the non-dominated rank and, of equal rank, on the crowding distance
 * (NSGA-II, Deb et al. 2002). The arms are operators; one whose name begins with {@code cross} gets two parents. The pool
 * keeps the survivors.
 */
final class Evolution implements Policy<Tally> {

    @Override
    public String kind() {
        return "evolution";
    }

    @Override
    public String says() {
        return "Picks parents by tournaments on non-dominated rank and crowding, and an operator.";
    }

    @Override
    public Over over() {
        return Over.POOL;
    }

    @Override
    public Set<Class<? extends Outcome>> learnsFrom() {
        return Set.of(Outcome.Scored.class, Outcome.ScoredMany.class, Outcome.Failed.class);
    }

    @Override
    public List<Setting> settings() {
        return Range.and(
                new Setting("crossover", 0.5, 0, 1, "How often two parents are crossed, where an arm does so."));
    }

    @Override
    public Tally start(Settings settings, List<String> arms) {
        Trie<Stat> operators = Trie.empty();
        for (String arm : arms) {
            operators = operators.put("arm " + arm, Stat.NONE);
        }
        return Tally.start(settings).with(operators);
    }

    @Override
    public Tally asked(Tally state, Trial trial) {
        return state.asked(trial);
    }

    @Override
    public Choice choose(Tally state, Situation now, RandomGenerator random) throws NothingToChoose {
        if (now.options().isEmpty()) {
            throw new NothingToChoose("the population is empty");
        }
        List<String> arms = new ArrayList<>();
        state.stats().forEach((name, stat) -> {
            if (name.startsWith("arm ")) {
                arms.add(name.substring(4));
            }
        });
        arms.sort(null);
        List<String> crossing =
                arms.stream().filter(arm -> arm.startsWith("cross")).toList();
        List<String> others =
                arms.stream().filter(arm -> !arm.startsWith("cross")).toList();
        boolean cross = !crossing.isEmpty()
                && now.options().size() > 1
                && (others.isEmpty() || random.nextDouble() < state.settings().get("crossover"));
        List<String> from = cross ? crossing : others;
        Optional<String> arm = from.isEmpty() ? Optional.empty() : Optional.of(from.get(random.nextInt(from.size())));
        Ranking ranking = Ranking.of(now.options());
        Option first = tournament(now.options(), ranking, random);
        if (!cross) {
            return new Choice(List.of(first.id()), arm, Map.of());
        }
        List<Option> rest =
                now.options().stream().filter(option -> option != first).toList();
        return new Choice(List.of(first.id(), tournament(rest, ranking, random).id()), arm, Map.of());
    }

    private static Option tournament(List<Option> options, Ranking ranking, RandomGenerator random) {
        Option a = options.get(random.nextInt(options.size()));
        Option b = options.get(random.nextInt(options.size()));
        return ranking.better(a, b) ? a : b;
    }

    @Override
    public Tally told(Tally state, Trial trial, Outcome outcome) throws BadOutcome {
        switch (outcome) {
            case Outcome.Scored(double score, var made) -> Range.check(state.settings(), score);
            case Outcome.ScoredMany(List<Double> scores, var made) -> {
                for (double score : scores) {
                    Range.check(state.settings(), score);
                }
            }
            case Outcome.Failed failed -> {}
            case Outcome.Preferred preferred -> throw new BadOutcome("it learns from scores, not from " + preferred);
        }
        return new Tally(state.settings(), state.stats(), state.asks(), state.tells() + 1);
    }

    @Override
    public Optional<String> recommend(Tally state, Situation now) {
        if (now.options().isEmpty()) {
            return Optional.empty();
        }
        Ranking ranking = Ranking.of(now.options());
        return now.options().stream()
                .reduce((a, b) -> ranking.better(b, a) ? b : a)
                .map(Option::id);
    }
}
