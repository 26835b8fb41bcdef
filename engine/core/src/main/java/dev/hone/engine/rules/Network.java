package dev.hone.engine.rules;

import static org.drools.model.PatternDSL.alphaIndexedBy;
import static org.drools.model.PatternDSL.declarationOf;
import static org.drools.model.PatternDSL.globalOf;
import static org.drools.model.PatternDSL.on;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.reactOn;
import static org.drools.model.PatternDSL.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.drools.model.Global;
import org.drools.model.Index;
import org.drools.model.PatternDSL.PatternDef;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/**
 * The rows as a Drools rule base: a row is a rule, its kind of fact the pattern's class, its subject and each conjunct a
 * constraint, its place in the file the salience.
 *
 * <p>A constraint stops what is surely false. What passes all of a rule's constraints is a match, and the caller asks the
 * row whether the condition is true; so a condition that fails fails in the caller, not inside of Drools.
 */
final class Network {

    /** A row none of whose constraints is false of the fact. */
    record Match(Row row, Fact fact) {}

    /** Where the consequences put their matches, in the order in which they fire. */
    private static final class Matches {
        private List<Match> list = new ArrayList<>();

        List<Match> take() {
            List<Match> taken = list;
            list = new ArrayList<>();
            return taken;
        }
    }

    private record Session(KieSession drools, Matches matches) {}

    private static final String PACKAGE = "dev.hone.rules";
    private static final String MATCHES = "matches";

    /** Sessions that are kept for the next decision; more are made when as many decide at once, and thrown away. */
    private static final int MOST_IDLE = 16;

    private final Interpreter interpreter;
    private final KieBase base;
    private final ConcurrentLinkedQueue<Session> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger idleCount = new AtomicInteger();

    Network(List<Row> rows, Interpreter interpreter) {
        this.interpreter = interpreter;
        Global<Matches> matches = globalOf(Matches.class, PACKAGE, MATCHES);
        ModelImpl model = new ModelImpl();
        model.addGlobal(matches);
        for (Row row : rows) {
            model.addRule(droolsRule(row, rows.size() - row.number(), matches));
        }
        this.base = KieBaseBuilder.createKieBaseFromModel(model);
    }

    private Rule droolsRule(Row row, int salience, Global<Matches> matches) {
        return switch (row.rule().fact()) {
            case VERDICT -> droolsRule(row, salience, matches, Fact.Verdict.class);
            case SCORE -> droolsRule(row, salience, matches, Fact.Score.class);
            case CRITIQUE -> droolsRule(row, salience, matches, Fact.Critique.class);
            case BUDGET -> droolsRule(row, salience, matches, Fact.Budget.class);
            case LOOP -> droolsRule(row, salience, matches, Fact.Loop.class);
            case POOL -> droolsRule(row, salience, matches, Fact.Pool.class);
            case PREFERENCE -> droolsRule(row, salience, matches, Fact.Preference.class);
            case POLICY -> droolsRule(row, salience, matches, Fact.Policy.class);
            case SLOT -> droolsRule(row, salience, matches, Fact.Slot.class);
            case HUMAN -> droolsRule(row, salience, matches, Fact.Human.class);
        };
    }

    private <F extends Fact> Rule droolsRule(Row row, int salience, Global<Matches> matches, Class<F> type) {
        Variable<F> fact = declarationOf(type, "fact");
        PatternDef<F> pattern = pattern(fact);
        constrain(pattern, row.subject());
        if (!row.everywhere()) {
            String scope = row.rule().scope();
            pattern.expr(
                    "scope " + scope, candidate -> candidate.context().scope().equals(scope), reactOn());
        }
        for (Conjunct conjunct : row.conjuncts()) {
            // Constraints with the same id are one node of the network.
            pattern.expr(
                    conjunct.toString(), candidate -> conjunct.in(candidate, interpreter) != Truth.FALSE, reactOn());
        }
        return rule(PACKAGE, row.number() + " " + row.rule().id())
                .attribute(Rule.Attribute.SALIENCE, salience)
                .build(pattern, on(fact, matches).execute((found, into) -> into.list.add(new Match(row, found))));
    }

    private static <F extends Fact> void constrain(PatternDef<F> pattern, Subject subject) {
        if (subject.isOne()) {
            String name = subject.one();
            pattern.expr(
                    "subject " + name,
                    candidate -> candidate.subject().equals(name),
                    alphaIndexedBy(String.class, Index.ConstraintType.EQUAL, 0, Fact::subject, name),
                    reactOn("subject"));
        } else if (!subject.isEverything()) {
            pattern.expr("subject " + subject, subject::includes, reactOn("subject"));
        }
    }

    List<Match> match(List<Fact> facts) {
        Session session = borrow();
        List<FactHandle> handles = new ArrayList<>(facts.size());
        for (Fact fact : facts) {
            handles.add(session.drools().insert(fact));
        }
        session.drools().fireAllRules();
        handles.forEach(session.drools()::delete);
        List<Match> matches = session.matches().take();
        giveBack(session); // not after an exception: its session is in an unknown state
        return matches;
    }

    private Session borrow() {
        Session session = idle.poll();
        if (session != null) {
            idleCount.decrementAndGet();
            return session;
        }
        Matches matches = new Matches();
        KieSession drools = base.newKieSession();
        drools.setGlobal(MATCHES, matches);
        return new Session(drools, matches);
    }

    private void giveBack(Session session) {
        if (idleCount.incrementAndGet() <= MOST_IDLE) {
            idle.add(session);
        } else {
            idleCount.decrementAndGet();
            session.drools().dispose();
        }
    }
}
