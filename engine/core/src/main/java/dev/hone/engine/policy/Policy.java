package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Chooses what to try next and learns from what came of it. Pure: everything it knows is in its state.
 *
 * @param <S> the state
 */
public interface Policy<S extends Record> {

    /** The word for it in a workflow. */
    String kind();

    /** One sentence for an author. */
    String says();

    Over over();

    Set<Class<? extends Outcome>> learnsFrom();

    List<Setting> settings();

    S start(Settings settings, List<String> arms);

    Choice choose(S state, Situation now, RandomGenerator random) throws NothingToChoose;

    /** A trial that is open counts. */
    default S asked(S state, Trial trial) {
        return state;
    }

    S told(S state, Trial trial, Outcome outcome) throws BadOutcome;

    Optional<String> recommend(S state, Situation now);
}
