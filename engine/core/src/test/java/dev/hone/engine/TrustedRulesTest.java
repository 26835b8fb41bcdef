package dev.hone.engine;

import static dev.hone.engine.SharedEngine.target;
import static dev.hone.engine.SharedEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.world.GuessProvider;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules in DRL, on a real broker: taken by an engine that trusts them, refused by any other. */
@Tag("slow")
@Timeout(120)
class TrustedRulesTest {

    private static final String RULE =
            "  - {id: right, fact: verdict, when: \"seen.pass\", then: {accept: guess, exit: approach}}";

    private static final String HEAD = """
            package mine;
            import dev.hone.engine.rules.DrlText;
            import dev.hone.engine.rules.Fact;
            global DrlText.Conditions feel;
            global DrlText.Effects flow;
            """;

    private static final String DRL = HEAD + """
            rule "right" when
                Fact.Verdict(name() == "seen", feel.holds("seen.pass", this))
            then
                flow.accept("guess");
                flow.exit("approach");
            end
            """;

    @TempDir
    private Path directory;

    private static Source source(String drl, String model) {
        Source guess = with(with(SharedEngine.source("guess"), RULE, """
                          - drl: rules/mine.drl
                            may:
                              - {fact: verdict, then: {accept: guess, exit: approach}}
                        """.stripTrailing()), "guess/hint", model);
        return new Source(guess.file(), guess.text(), Map.of("rules/mine.drl", drl));
    }

    private EngineOptions here() {
        return EngineOptions.at(directory);
    }

    @Test
    void aTrustedRuleLeavesTheLoopAndOneThatThrowsEndsTheRun() throws Exception {
        try (Engine engine = Engine.open(here().trusting())) {
            RunResult result = engine.await(engine.start(
                    engine.deploy(source(DRL, "guess/hint")), target(5).withSeed(4)));
            assertThat(result.stop().rule()).contains("right");
            assertThat(result.stop().where()).contains("rules/mine.drl:6:1");
            assertThat(result.best()).isPresent();

            String throwing = HEAD + "rule \"bad\" when Fact.Verdict() then throw new RuntimeException(\"no\"); end";
            RunResult failed = engine.await(engine.start(
                    engine.deploy(source(throwing, "guess/hint")), target(5).withSeed(4)));
            assertThat(failed.stop().problem()).hasValueSatisfying(problem -> {
                assertThat(problem.code()).isEqualTo(ProblemCode.RULE_FAILED);
                assertThat(problem.what()).contains("The rule 'bad' failed");
                assertThat(problem.where()).get().hasToString("rules/mine.drl:6:1");
            });
        }
    }

    @Test
    void anEngineThatTrustsNoneRefusesThemAndARunWithThemWaitsForOneThatDoes() throws Exception {
        String run;
        GuessProvider.FLAKY.set(true);
        try (Engine engine = Engine.open(here().trusting())) {
            run = engine.start(
                    engine.deploy(source(DRL, "guess/flaky")), target(5).withSeed(4));
            engine.await(run);
        } finally {
            GuessProvider.FLAKY.set(false);
        }

        try (Engine engine = Engine.open(here())) {
            assertThat(catchThrowableOfType(EngineException.class, () -> engine.deploy(source(DRL, "guess/hint")))
                            .problems())
                    .extracting(Problem::code)
                    .containsExactly(ProblemCode.NOT_TRUSTED);
            assertThat(catchThrowableOfType(EngineException.class, () -> engine.resume(run))
                            .problems())
                    .extracting(Problem::code)
                    .containsExactly(ProblemCode.NOT_TRUSTED);
        }

        try (Engine engine = Engine.open(here().trusting())) {
            engine.resume(run);
            assertThat(engine.await(run).stop().rule()).contains("right");
        }
    }

    @Test
    void aRunThatItsProcessLeftIsToldOfWhenItIsAwaited() throws Exception {
        String run;
        try (Engine engine = Engine.open(here().trusting())) {
            run = engine.start(
                    engine.deploy(source(DRL, "guess/never")), target(5).withSeed(4));
        }

        try (Engine engine = Engine.open(here())) {
            assertThat(catchThrowableOfType(EngineException.class, () -> engine.await(run))
                            .problems())
                    .extracting(Problem::code)
                    .containsExactly(ProblemCode.NOT_TRUSTED);
            assertThat(engine.unfinished()).extracting("id").containsExactly(run);
        }
    }
}
