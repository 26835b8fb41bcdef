package dev.hone.engine.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Expression;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Rule;
import dev.hone.dsl.RuleFile;
import dev.hone.dsl.Where;
import dev.hone.dsl.feel.FeelReader;
import dev.hone.dsl.feel.FeelSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.Match;

/**
 * The rules of a trusted DRL file. They see the {@link Fact facts} that come up at once, in a session of their own, and say
 * what happens to the global {@code flow}, a {@link DrlText.Effects}; the global {@code feel}, a {@link DrlText.Conditions},
 * evaluates FEEL over a fact. So what {@link DrlText} prints is such a file.
 *
 * <p>They are looked into by nobody, so the workflow says what they may do, and anything else ends the run with a problem. A
 * rule that throws does, too, and rules that go on firing; a rule that never comes back holds its run up.
 */
final class DrlRules {

    /** Firings at most for the facts that come up at once. */
    static final int MOST_FIRINGS = 1_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RuleFile.Drl file;
    private final DrlCompiler.Compiled compiled;
    private final Interpreter interpreter = new Interpreter();

    private DrlRules(RuleFile.Drl file, DrlCompiler.Compiled compiled) {
        this.file = file;
        this.compiled = compiled;
    }

    /** @return empty when problems were added */
    static Optional<DrlRules> compile(RuleFile.Drl file, List<Problem> problems) {
        return DrlCompiler.compile(file, problems).map(rules -> new DrlRules(file, rules));
    }

    /** A rule that fired, with what it said so far. */
    private record Firing(Match match, List<Rule.Effect> effects) {}

    /**
     * What the rules do about facts, in the order in which they fire.
     *
     * @throws RuleFailure when a rule throws, fires without end, or does what the workflow does not allow
     */
    List<Decision.Fired> decide(List<Fact> facts) {
        List<Firing> firings = new ArrayList<>();
        KieSession session = compiled.base().newKieSession();
        try {
            session.addEventListener(new DefaultAgendaEventListener() {
                @Override
                public void beforeMatchFired(BeforeMatchFiredEvent event) {
                    firings.add(new Firing(event.getMatch(), new ArrayList<>()));
                }
            });
            if (compiled.globals().contains(DrlCompiler.FLOW)) {
                session.setGlobal(
                        DrlCompiler.FLOW,
                        new Flow(
                                () -> where(firings.getLast().match().getRule().getName()),
                                effect -> add(firings, facts, effect)));
            }
            if (compiled.globals().contains(DrlCompiler.FEEL)) {
                session.setGlobal(DrlCompiler.FEEL, (DrlText.Conditions) this::holds);
            }
            facts.forEach(session::insert);
            if (session.fireAllRules(MOST_FIRINGS + 1) > MOST_FIRINGS) {
                throw failed(
                        last(firings),
                        "fires without end: " + MOST_FIRINGS + " times for one fact.",
                        "Give it 'no-loop', or a condition that its own effect ends.",
                        null);
            }
            return firings.stream()
                    .filter(firing -> !firing.effects().isEmpty())
                    .map(this::fired)
                    .toList();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw failure(e, firings);
        } finally {
            session.dispose();
        }
    }

    private Decision.Fired fired(Firing firing) {
        ObjectNode seen = JsonNodeFactory.instance.objectNode();
        facts(firing.match()).forEach(fact -> seen.set(fact.subject(), JSON.valueToTree(fact.read(fact.subject()))));
        String rule = firing.match().getRule().getName();
        return new Decision.Fired(rule, where(rule), file.path().name(), seen, List.copyOf(firing.effects()));
    }

    private static List<Fact> facts(Match match) {
        return match.getObjects().stream()
                .filter(Fact.class::isInstance)
                .map(Fact.class::cast)
                .toList();
    }

    private void add(List<Firing> firings, List<Fact> all, Rule.Effect effect) {
        Firing firing = firings.getLast();
        List<Fact> matched = facts(firing.match());
        List<Fact> about = matched.isEmpty() ? all : matched;
        if (!isFree(effect) && about.stream().noneMatch(fact -> isAllowed(effect, fact.kind()))) {
            throw failed(
                    Optional.of(firing),
                    "does what the workflow does not allow it: " + Decision.effectJson(effect) + " about a "
                            + Fact.word(about.getFirst().kind()) + ".",
                    "Add it to 'may' in " + file.path().where() + ", or remove it from the rule.",
                    null);
        }
        firing.effects().add(effect);
    }

    /** It names nothing of the workflow, so that nothing has to be made ready for it. */
    private static boolean isFree(Rule.Effect effect) {
        return effect instanceof Rule.Effect.Flag
                || effect instanceof Rule.Effect.Pause
                || effect instanceof Rule.Effect.Quarantine;
    }

    private boolean isAllowed(Rule.Effect effect, Rule.FactKind kind) {
        return file.may().stream()
                .filter(may -> may.fact() == kind)
                .flatMap(may -> may.then().stream())
                .anyMatch(allowed -> Decision.effectJson(allowed).equals(Decision.effectJson(effect)));
    }

    /** What {@code feel.holds} is in the file. */
    private boolean holds(String text, Fact fact) {
        Where where = new Where(file.shown(), 1, 1);
        try {
            Expression when = new Expression(text, FeelReader.read(text), where);
            return interpreter.decide(
                    new Rule(file.path().name(), fact.kind(), when, List.of(), 0, Optional.empty(), "", where), fact);
        } catch (FeelSyntaxException e) {
            throw new RuleFailure(
                    Problem.at(
                            where,
                            ProblemCode.RULE_FAILED,
                            "'" + text + "' is no FEEL: " + e.getMessage(),
                            "Correct the expression that 'feel.holds' is given."),
                    e);
        }
    }

    private RuleFailure failure(Throwable thrown, List<Firing> firings) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RuleFailure known) {
                return known;
            }
        }
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return failed(last(firings), "failed: " + root + ".", "Correct the rule in its file.", thrown);
    }

    private static Optional<Firing> last(List<Firing> firings) {
        return firings.isEmpty() ? Optional.empty() : Optional.of(firings.getLast());
    }

    private RuleFailure failed(Optional<Firing> firing, String what, String fix, @Nullable Throwable cause) {
        String subject = firing.map(by -> "The rule '" + by.match().getRule().getName() + "'")
                .orElse("A condition of '" + file.path().name() + "'");
        Where where = firing.map(by -> where(by.match().getRule().getName())).orElse(new Where(file.shown(), 1, 1));
        return new RuleFailure(Problem.at(where, ProblemCode.RULE_FAILED, subject + " " + what, fix), cause);
    }

    private Where where(String rule) {
        return compiled.places().getOrDefault(rule, new Where(file.shown(), 1, 1));
    }
}
