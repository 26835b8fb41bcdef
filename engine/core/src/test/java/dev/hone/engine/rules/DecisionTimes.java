package dev.hone.engine.rules;

import dev.hone.dsl.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints what building and deciding cost; run it by hand. */
final class DecisionTimes {

    private DecisionTimes() {}

    public static void main(String[] args) {
        long begin = System.nanoTime();
        RuleBook.warm();
        print("first build and decision in this JVM", begin, 1);
        for (int size : new int[] {4, 100, 1000}) {
            for (int i = 0; i < 20; i++) {
                RuleBook.compile(rules(size), Set.of("threshold"));
            }
            begin = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                RuleBook.compile(rules(size), Set.of("threshold"));
            }
            print("build of " + size + " rules", begin, 10);
            RuleBook book = RuleBook.compile(rules(size), Set.of("threshold"));
            decisions("  decision, nothing holds", book, Rules.verdict("v1", Map.of("n", 0, "pass", false)));
            decisions("  decision, one rule holds", book, Rules.verdict("v1", Map.of("n", 1, "pass", true)));
        }
        RuleBook interpreted = RuleBook.compile(
                List.of(Rules.rule(1, Rule.FactKind.VERDICT, "count(vis.errors) > 2", Rules.exit("run"))), Set.of());
        decisions("decision, interpreted, no", interpreted, Rules.verdict("vis", Map.of("errors", List.of(1))));
    }

    private static List<Rule> rules(int size) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            rules.add(Rules.rule(
                    i + 1, Rule.FactKind.VERDICT, "v" + i + ".pass and v" + i + ".n > 0", Rules.exit("run")));
        }
        return rules;
    }

    private static void decisions(String what, RuleBook book, Fact fact) {
        for (int i = 0; i < 200_000; i++) {
            book.decide(fact);
        }
        long begin = System.nanoTime();
        for (int i = 0; i < 200_000; i++) {
            book.decide(fact);
        }
        print(what, begin, 200_000);
    }

    private static void print(String what, long begin, int times) {
        double micros = (System.nanoTime() - begin) / 1_000.0 / times;
        System.out.printf("%-40s %,12.1f µs%n", what, micros);
    }
}
