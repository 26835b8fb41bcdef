package dev.hone.engine.rules;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.FeelReader;
import dev.hone.dsl.feel.FeelSyntaxException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules and facts as tests write them. */
final class Rules {

    private Rules() {}

    static Rule rule(int line, Rule.FactKind fact, String when, Rule.Effect... then) {
        Where where = new Where("poem.yaml", line, 5);
        try {
            return new Rule(
                    "rule-" + line,
                    fact,
                    new Expression(when, FeelReader.read(when), where),
                    List.of(then),
                    0,
                    Optional.empty(),
                    "",
                    where);
        } catch (FeelSyntaxException e) {
            throw new IllegalArgumentException(when, e);
        }
    }

    static Rule.Effect exit(String target) {
        return new Rule.Effect.Exit(name(target), name(target).where());
    }

    static Rule.Effect skip(String target) {
        return new Rule.Effect.Skip(name(target), name(target).where());
    }

    static Rule.Effect goTo(String target) {
        return new Rule.Effect.Goto(name(target), name(target).where());
    }

    static Rule.Effect.Accept accept(String artifact) {
        return new Rule.Effect.Accept(name(artifact), name(artifact).where());
    }

    static Rule.Effect.Flag flag(String text) {
        return new Rule.Effect.Flag(text, name(text).where());
    }

    private static Workflow.Name name(String name) {
        return new Workflow.Name(name, new Where("poem.yaml", 1, 1));
    }

    static BigDecimal number(String digits) {
        return new BigDecimal(digits);
    }

    static Context.Turn turn(String loop, int round) {
        return new Context.Turn(loop, round, 0, BigDecimal.valueOf(round * 10L));
    }

    /** Three calls and half a dollar left; tokens and seconds without limit. */
    static Context context(Context.Turn... loops) {
        return new Context(
                Map.of("threshold", number("0.8"), "lang", "en"),
                Map.of(Workflow.Resource.CALLS, number("3"), Workflow.Resource.MONEY, number("0.50")),
                Map.of(Workflow.Resource.CALLS, number("7")),
                List.of(loops),
                "");
    }

    static Fact.Verdict verdict(String name, Object value, Context.Turn... loops) {
        return new Fact.Verdict(name, value, Map.of(), List.of(), context(loops));
    }

    static Rule salient(int salience, Rule rule) {
        return new Rule(
                rule.id(), rule.fact(), rule.when(), rule.then(), salience, rule.group(), rule.scope(), rule.where());
    }

    static Rule row(Rule.Group group, Rule rule) {
        return new Rule(
                rule.id(),
                rule.fact(),
                rule.when(),
                rule.then(),
                rule.salience(),
                Optional.of(group),
                rule.scope(),
                rule.where());
    }

    static Rule scoped(String use, Rule rule) {
        return new Rule(
                rule.id(), rule.fact(), rule.when(), rule.then(), rule.salience(), rule.group(), use, rule.where());
    }

    /** Inside of a used workflow. */
    static Context within(String use) {
        Context own = context();
        return new Context(own.params(), own.left(), own.spent(), own.loops(), use);
    }
}
