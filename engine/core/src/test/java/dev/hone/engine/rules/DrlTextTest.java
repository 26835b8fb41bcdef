package dev.hone.engine.rules;

import static dev.hone.engine.rules.Rules.accept;
import static dev.hone.engine.rules.Rules.exit;
import static dev.hone.engine.rules.Rules.flag;
import static dev.hone.engine.rules.Rules.goTo;
import static dev.hone.engine.rules.Rules.rule;
import static dev.hone.engine.rules.Rules.skip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.Rule;
import dev.hone.dsl.Rule.FactKind;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrlTextTest {

    private static final Where HERE = new Where("poem.yaml", 1, 1);

    static final List<Rule> EVERY_KIND = List.of(
            rule(
                    3,
                    FactKind.VERDICT,
                    "verdict.pass and (vis.n > threshold or vis.kind = \"a \\\"b\\\"\")",
                    accept("draft"),
                    exit("run")),
            rule(4, FactKind.SCORE, "fit >= threshold", goTo("pick")),
            rule(5, FactKind.CRITIQUE, "fb.kind = \"no_issue\" and style.kind = fb.kind", skip("edits")),
            rule(6, FactKind.BUDGET, "left.calls < 2 or exhausted", flag("nearly \"done\"\nnow")),
            rule(7, FactKind.LOOP, "round >= 4", exit("refine")),
            rule(8, FactKind.POOL, "pool.size > 3 and cand.best > 0.5", flag("big")),
            rule(9, FactKind.POOL, "subtree.sameScore >= 0.75", new Rule.Effect.Prune(HERE)),
            rule(10, FactKind.PREFERENCE, "pref.seconds < 1", new Rule.Effect.Quarantine(HERE)),
            rule(11, FactKind.POLICY, "duel.recommendationStableFor >= 8", exit("rounds")),
            rule(
                    12,
                    FactKind.SLOT,
                    "reward.score < reward.best",
                    new Rule.Effect.Rollback(name("reward"), HERE),
                    new Rule.Effect.Promote(name("policy"), HERE)),
            rule(13, FactKind.HUMAN, "human.timedOut", new Rule.Effect.Pause("nobody is there", HERE)),
            rule(
                    14,
                    FactKind.LOOP,
                    "round >= 3",
                    new Rule.Effect.Restart(name("refine"), List.of(name("lessons")), HERE)),
            rule(15, FactKind.VERDICT, "not(vis.ok)", new Rule.Effect.Resume(name("draft"), HERE)),
            Rules.salient(5, rule(16, FactKind.VERDICT, "vis.odd", new Rule.Effect.Escalate(name("fix"), HERE))),
            Rules.scoped("polish", rule(17, FactKind.SCORE, "score > 1", flag("inside"))));

    private static Workflow.Name name(String name) {
        return new Workflow.Name(name, HERE);
    }

    @Test
    void golden() throws IOException {
        if ("write".equals(System.getProperty("hone.golden"))) {
            Files.writeString(
                    Path.of("src/test/resources/dev/hone/engine/rules/every-kind.drl"),
                    DrlText.print(EVERY_KIND, Set.of("threshold")));
            return;
        }
        try (InputStream golden = DrlTextTest.class.getResourceAsStream("every-kind.drl")) {
            assertThat(DrlText.print(EVERY_KIND, Set.of("threshold")))
                    .isEqualTo(new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void noRules() {
        assertThat(DrlText.print(List.of(), Set.of())).endsWith("global DrlText.Effects flow;\n");
    }
}
