package dev.hone.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every policy promises, whatever it chooses among. */
class PolicyContractTest {

    private static final List<String> ARMS = List.of("mutate", "cross", "fresh");

    static Stream<Policy<?>> policies() {
        return Policies.ALL.stream();
    }

    /** Told of a trial, and its place in the history. */
    private record Told(long trial, Outcome outcome) {}

    private static Settings standard(Policy<?> policy) {
        try {
            return Settings.of(policy.settings(), Map.of());
        } catch (BadSetting e) {
            throw new AssertionError(e);
        }
    }

    private static Play<?> start(Policy<?> policy) {
        return Play.start(policy, standard(policy), ARMS);
    }

    /** Eight options; those of a tree are what the trials so far have made. */
    private static Situation situation(Policy<?> policy, int made) {
        List<Option> options = new ArrayList<>();
        if (policy.over() == Over.TREE) {
            for (int i = 1; i <= made; i++) {
                options.add(new Option("made-" + i, Optional.empty(), List.of(), List.of(0.5)));
            }
        } else {
            for (int i = 0; i < 8; i++) {
                options.add(new Option(
                        "option-" + i,
                        Optional.empty(),
                        List.of(i / 8.0, (i % 3) / 3.0),
                        List.of(i / 8.0, 1 - i / 8.0)));
            }
        }
        return new Situation(options, Map.of());
    }

    private static Outcome outcome(Policy<?> policy, Trial trial) {
        double score = (trial.number() * 37 % 100) / 100.0;
        if (policy.learnsFrom().contains(Outcome.Preferred.class)) {
            return new Outcome.Preferred(
                    (int) (trial.number() % trial.choice().picks().size()));
        }
        return new Outcome.Scored(score, Optional.of("made-" + trial.number()));
    }

    private static Asked<?> ask(Play<?> play, int made) throws NothingToChoose {
        return play.ask(situation(play.policy(), made), 42);
    }

    private static Play<?> tell(Play<?> play, Told told, int made) throws BadOutcome {
        return play.tell(told.trial(), told.outcome(), situation(play.policy(), made));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void anAskIsRepeatedByItsNumberAndSeedAlone(Policy<?> policy) throws Exception {
        Play<?> play = start(policy);
        for (int i = 1; i <= 30; i++) {
            Trial first = ask(play, i - 1).trial();
            Trial again = ask(play, i - 1).trial();
            assertThat(again).isEqualTo(first);
            play = tell(ask(play, i - 1).after(), new Told(first.number(), outcome(policy, first)), i);
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void tellingTwiceOrOfUnknownTrialsChangesNothing(Policy<?> policy) throws Exception {
        Asked<?> asked = ask(start(policy), 0);
        Told told = new Told(1, outcome(policy, asked.trial()));
        Play<?> once = tell(asked.after(), told, 1);

        assertThat(tell(once, told, 1)).isSameAs(once);
        assertThat(tell(once, new Told(99, told.outcome()), 1)).isSameAs(once);
        assertThat(once.open()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void killedBetweenAskAndTellItHasTheSameFuture(Policy<?> policy) throws Exception {
        List<Trial> asked = new ArrayList<>();
        List<Told> told = new ArrayList<>();
        Play<?> play = start(policy);
        for (int i = 1; i <= 20; i++) {
            Asked<?> next = ask(play, i - 1);
            asked.add(next.trial());
            play = next.after();
            // The process ends here; another reads the events and goes on.
            Play<?> restored = start(policy);
            for (int k = 0; k < asked.size(); k++) {
                restored = restored.asked(asked.get(k));
                if (k < told.size()) {
                    restored = tell(restored, told.get(k), k + 1);
                }
            }
            assertThat(restored.asks()).isEqualTo(play.asks());
            assertThat(restored.open()).isEqualTo(play.open());
            Told lesson = new Told(i, outcome(policy, next.trial()));
            told.add(lesson);
            play = tell(play, lesson, i);
            restored = tell(restored, lesson, i);
            assertThat(ask(restored, i).trial()).isEqualTo(ask(play, i).trial());
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void tellsMayComeLateAndInAnyOrder(Policy<?> policy) throws Exception {
        Play<?> play = start(policy);
        List<Told> late = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            Asked<?> next = ask(play, 0);
            play = next.after();
            late.add(new Told(i, outcome(policy, next.trial())));
        }
        Collections.shuffle(late, new Random(3));
        for (Told told : late) {
            play = tell(play, told, 12);
        }

        assertThat(play.open()).isEmpty();
        assertThat(play.tells()).isEqualTo(12);
        assertThat(ask(play, 12).trial().number()).isEqualTo(13);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void scoresOutsideTheRangeAreRefusedByName(Policy<?> policy) throws Exception {
        Asked<?> asked = ask(start(policy), 0);
        List<Outcome> bad = policy.learnsFrom().contains(Outcome.Preferred.class)
                ? List.of(new Outcome.Preferred(-1), new Outcome.Preferred(17))
                : List.of(
                        new Outcome.Scored(-3.5, Optional.empty()),
                        new Outcome.Scored(4e13, Optional.empty()),
                        new Outcome.Scored(Double.NaN, Optional.empty()),
                        new Outcome.Scored(Double.POSITIVE_INFINITY, Optional.empty()));
        for (Outcome outcome : bad) {
            String named = outcome instanceof Outcome.Scored scored ? "" + scored.score() : "winner";
            assertThatThrownBy(() -> tell(asked.after(), new Told(1, outcome), 1))
                    .isInstanceOf(BadOutcome.class)
                    .hasMessageContaining(named);
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aTrialMayComeToNothing(Policy<?> policy) throws Exception {
        Play<?> play = start(policy);
        for (int i = 1; i <= 10; i++) {
            play = tell(ask(play, 0).after(), new Told(i, new Outcome.Failed()), 0);
        }
        assertThat(play.open()).isEmpty();
        assertThat(play.tells()).isEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void itChoosesAndRecommendsWhatThereIs(Policy<?> policy) throws Exception {
        Play<?> play = start(policy);
        for (int i = 1; i <= 40; i++) {
            Asked<?> next = ask(play, i - 1);
            Situation now = situation(policy, i - 1);
            assertThat(next.trial().choice().picks()).allMatch(now::has);
            next.trial().choice().arm().ifPresent(arm -> assertThat(ARMS).contains(arm));
            play = tell(next.after(), new Told(i, outcome(policy, next.trial())), i);
            Situation then = situation(policy, i);
            play.recommended().ifPresent(id -> assertThat(then.has(id)).isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void settingsOutsideTheirRangeAndUnknownOnesAreRefused(Policy<?> policy) {
        assertThatThrownBy(() -> Settings.of(policy.settings(), Map.of("nonsense", 1.0)))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("nonsense");
        for (Setting setting : policy.settings()) {
            assertThat(setting.standard()).isBetween(setting.least(), setting.most());
            assertThatThrownBy(() -> Settings.of(policy.settings(), Map.of(setting.name(), setting.most() * 2 + 1)))
                    .isInstanceOf(BadSetting.class)
                    .hasMessageContaining(setting.name());
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void itIsListedUnderItsKind(Policy<?> policy) {
        assertThat(Policies.find(policy.kind())).contains(policy);
        assertThat(policy.kind()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(policy.says()).endsWith(".");
    }
}
