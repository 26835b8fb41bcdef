package dev.hone.engine.rules;

import dev.hone.dsl.Rule;
import java.util.List;
import java.util.Set;

/**
 * A rule, ready to be matched.
 *
 * @param number its place among the rules by salience and file, from 0
 */
record Row(int number, Rule rule, Subject subject, List<Conjunct> conjuncts) {

    static Row of(int number, Rule rule, Set<String> params) {
        return new Row(number, rule, Subject.of(rule, params), Conjunct.of(rule.when()));
    }

    /** A file's own rule about the budget speaks of what its used workflows spend, too. */
    boolean everywhere() {
        return rule.scope().isEmpty() && rule.fact() == Rule.FactKind.BUDGET;
    }

    /**
     * Whether the condition holds of a fact that no conjunct rules out.
     *
     * @throws RuleFailure when the condition is neither true nor false
     */
    boolean holds(Fact fact, Interpreter interpreter) {
        for (Conjunct conjunct : conjuncts) {
            switch (conjunct.in(fact, interpreter)) {
                case TRUE -> {}
                case FALSE -> {
                    return false;
                }
                case UNDECIDED -> {
                    return interpreter.decide(rule, fact);
                }
            }
        }
        return true;
    }

    Decision.Fired fired(Fact fact, Interpreter interpreter) {
        return new Decision.Fired(
                rule.id(), rule.where(), rule.when().text(), interpreter.seen(rule, fact), rule.then());
    }
}
