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
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrlTextTest {

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
            rule(8, FactKind.POOL, "pool.size > 3 and cand.best > 0.5", flag("big")));

    @Test
    void golden() throws IOException {
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
