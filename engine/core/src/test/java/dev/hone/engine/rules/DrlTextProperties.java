package dev.hone.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.FeelReader;
import dev.hone.dsl.feel.FeelSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.KieSession;
import org.kie.internal.utils.KieHelper;

/** The printed text, compiled by Drools, decides as the rule book that never saw it. */
class DrlTextProperties {

    private static final Set<String> PARAMS = Set.of("threshold", "lang");

    private static final List<Rule> RULES = List.of(
            Rules.rule(1, Rule.FactKind.VERDICT, "vis.pass = true and left.calls > 1", Rules.accept("draft")),
            Rules.rule(2, Rule.FactKind.VERDICT, "vis.n = 3 or vis.text = \"en\"", Rules.exit("run")),
            Rules.rule(3, Rule.FactKind.VERDICT, "verdict.n = 3 and vis.text != null", Rules.goTo("pick")),
            Rules.rule(4, Rule.FactKind.VERDICT, "vis.n = style.n", Rules.skip("edits"), Rules.flag("a \"b\"\n\\")),
            Rules.rule(5, Rule.FactKind.VERDICT, "round = 3 and verdict.deep.n = 3", Rules.flag("deep")),
            Rules.rule(6, Rule.FactKind.BUDGET, "exhausted", Rules.exit("run")));

    private static final KieBase PRINTED = new KieHelper()
            .addContent(DrlText.print(RULES, PARAMS), ResourceType.DRL)
            .build(ExecutableModelProject.class);

    private final RuleBook book = RuleBook.compile(RULES, PARAMS);

    @Property(tries = 500)
    void decidesTheSame(@ForAll("facts") Fact fact) {
        List<String> decided;
        try {
            decided = effects(book.decide(fact));
        } catch (RuleFailure e) {
            Assume.that(false); // the text leaves failures to whoever provides 'feel'
            return;
        }

        assertThat(printed(fact)).isEqualTo(decided);
    }

    @Provide
    static Arbitrary<Fact> facts() {
        return RuleBookProperties.facts();
    }

    private static List<String> effects(Decision decision) {
        List<String> effects = new ArrayList<>();
        Recorder recorder = new Recorder(effects);
        for (Decision.Fired fired : decision.fired()) {
            for (Rule.Effect effect : fired.effects()) {
                switch (effect) {
                    case Rule.Effect.Exit exit -> recorder.exit(exit.target().name());
                    case Rule.Effect.Skip skip -> recorder.skip(skip.target().name());
                    case Rule.Effect.Goto go -> recorder.goTo(go.target().name());
                    case Rule.Effect.Accept accept ->
                        recorder.accept(accept.artifact().name());
                    case Rule.Effect.Restart restart ->
                        recorder.restart(
                                restart.loop().name(),
                                restart.keep().stream().map(Workflow.Name::name).toArray(String[]::new));
                    case Rule.Effect.Resume resume ->
                        recorder.resume(resume.step().name());
                    case Rule.Effect.Prune prune -> recorder.prune();
                    case Rule.Effect.Escalate escalate ->
                        recorder.escalate(escalate.step().name());
                    case Rule.Effect.Rollback rollback ->
                        recorder.rollback(rollback.slot().name());
                    case Rule.Effect.Promote promote ->
                        recorder.promote(promote.slot().name());
                    case Rule.Effect.Quarantine quarantine -> recorder.quarantine();
                    case Rule.Effect.Pause pause -> recorder.pause(pause.text());
                    case Rule.Effect.Flag flag -> recorder.flag(flag.text());
                }
            }
        }
        return effects;
    }

    private static List<String> printed(Fact fact) {
        List<String> effects = new ArrayList<>();
        Interpreter interpreter = new Interpreter();
        DrlText.Conditions feel = (condition, about) -> interpreter.ask(expression(condition), about) == Truth.TRUE;
        KieSession session = PRINTED.newKieSession();
        try {
            session.setGlobal("feel", feel);
            session.setGlobal("flow", new Recorder(effects));
            session.insert(fact);
            session.fireAllRules();
        } finally {
            session.dispose();
        }
        return effects;
    }

    private static Expression expression(String condition) {
        try {
            return new Expression(condition, FeelReader.read(condition), new Where("printed.drl", 1, 1));
        } catch (FeelSyntaxException e) {
            throw new IllegalArgumentException(condition, e);
        }
    }

    private record Recorder(List<String> effects) implements DrlText.Effects {

        @Override
        public void exit(String target) {
            effects.add("exit " + target);
        }

        @Override
        public void skip(String step) {
            effects.add("skip " + step);
        }

        @Override
        public void goTo(String step) {
            effects.add("goto " + step);
        }

        @Override
        public void accept(String artifact) {
            effects.add("accept " + artifact);
        }

        @Override
        public void restart(String loop, String... keep) {
            effects.add("restart " + loop + " keep " + String.join(" ", keep));
        }

        @Override
        public void resume(String step) {
            effects.add("resume " + step);
        }

        @Override
        public void prune() {
            effects.add("prune");
        }

        @Override
        public void escalate(String step) {
            effects.add("escalate " + step);
        }

        @Override
        public void rollback(String slot) {
            effects.add("rollback " + slot);
        }

        @Override
        public void promote(String slot) {
            effects.add("promote " + slot);
        }

        @Override
        public void quarantine() {
            effects.add("quarantine");
        }

        @Override
        public void pause(String reason) {
            effects.add("pause " + reason);
        }

        @Override
        public void flag(String text) {
            effects.add("flag " + text);
        }
    }
}
