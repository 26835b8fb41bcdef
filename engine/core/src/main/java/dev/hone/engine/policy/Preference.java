package dev.hone.engine.policy;

/** Which of the picks of a trial was better. */
final class Preference {

    private Preference() {}

    /**
     * The winner's place among the picks, from 0; -1 when the trial came to nothing.
     *
     * @throws BadOutcome for another kind of outcome, or a winner that is none of the picks
     */
    static int winner(Trial trial, Outcome outcome) throws BadOutcome {
        return switch (outcome) {
            case Outcome.Preferred(int winner) -> {
                if (winner < 0 || winner >= trial.choice().picks().size()) {
                    throw new BadOutcome("the winner " + (winner + 1) + " is none of the "
                            + trial.choice().picks().size() + " picks");
                }
                yield winner;
            }
            case Outcome.Failed() -> -1;
            case Outcome.Scored scored -> throw new BadOutcome("it learns from preferences, not from " + scored);
            case Outcome.ScoredMany scored -> throw new BadOutcome("it learns from preferences, not from " + scored);
        };
    }
}
