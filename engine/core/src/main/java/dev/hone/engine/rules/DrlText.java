package dev.hone.engine.rules;

import dev.hone.dsl.Rule;
import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.feel.FeelText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules as DRL text, for people to read beside the BPMN. A run does not use it: {@link RuleBook} builds the same rules
 * without text. It is real DRL all the same, once the two globals are given.
 */
public final class DrlText {

    /** What {@code feel} is in the text: whether a part of a condition holds of a fact. */
    public interface Conditions {
        boolean holds(String feel, Fact fact);
    }

    /** What {@code flow} is in the text: the closed set of effects. */
    public interface Effects {
        void exit(String target);

        void skip(String step);

        void goTo(String step);

        void accept(String artifact);

        void restart(String loop, String... keep);

        void resume(String step);

        void prune();

        void escalate(String step);

        void rollback(String slot);

        void promote(String slot);

        void quarantine();

        void pause(String reason);

        void flag(String text);
    }

    private static final String HEAD = """
            // Generated from the workflow's rules, for reading: change the workflow instead.
            // Of the rules that hold, the one with the highest salience says where the flow goes.
            package dev.hone.rules;

            import dev.hone.engine.rules.DrlText;
            import dev.hone.engine.rules.Fact;

            global DrlText.Conditions feel;
            global DrlText.Effects flow;
            """;

    private DrlText() {}

    /**
     * Prints each rule under its place in the workflow file.
     *
     * @param rules in the order of the file
     * @param params the names of the workflow's parameters
     * @return the same text for the same rules
     */
    public static String print(List<Rule> rules, Set<String> params) {
        StringBuilder text = new StringBuilder(HEAD);
        List<Rule> ordered = RuleBook.bySalience(rules);
        for (int i = 0; i < ordered.size(); i++) {
            print(ordered.get(i), ordered.size() - i, params, text);
        }
        return text.toString();
    }

    private static void print(Rule rule, int salience, Set<String> params, StringBuilder text) {
        text.append("\n// ").append(oneLine(rule.where().toString())).append('\n');
        text.append("rule ").append(quote(rule.id())).append('\n');
        text.append("    salience ").append(salience).append('\n');
        text.append("when\n");
        text.append("    $fact : Fact.").append(type(rule.fact())).append("(\n        ");
        text.append(String.join(",\n        ", constraints(rule, params))).append(")\n");
        text.append("then\n");
        rule.then()
                .forEach(effect -> text.append("    flow.").append(call(effect)).append(";\n"));
        text.append("end\n");
    }

    private static List<String> constraints(Rule rule, Set<String> params) {
        List<String> constraints = new ArrayList<>();
        if (!rule.scope().isEmpty()) {
            constraints.add("context().scope() == " + quote(rule.scope()));
        }
        Subject subject = Subject.of(rule, params);
        if (subject.isOne()) {
            constraints.add("subject() == " + quote(subject.one()));
        } else {
            if (!subject.any()) {
                constraints.add(subject.names().stream()
                        .map(name -> "subject() == " + quote(name))
                        .collect(Collectors.joining(" || ")));
            }
            subject.names().forEach(name -> constraints.add("known().contains(" + quote(name) + ")"));
        }
        conditions(rule.when().feel(), constraints);
        return constraints;
    }

    private static void conditions(Feel feel, List<String> constraints) {
        if (feel instanceof Feel.And(Feel left, Feel right)) {
            conditions(left, constraints);
            conditions(right, constraints);
        } else {
            constraints.add("feel.holds(" + quote(FeelText.print(feel)) + ", this)");
        }
    }

    private static String type(Rule.FactKind kind) {
        String word = Fact.word(kind);
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String call(Rule.Effect effect) {
        return switch (effect) {
            case Rule.Effect.Exit exit -> "exit(" + quote(exit.target().name()) + ")";
            case Rule.Effect.Skip skip -> "skip(" + quote(skip.target().name()) + ")";
            case Rule.Effect.Goto go -> "goTo(" + quote(go.target().name()) + ")";
            case Rule.Effect.Accept accept ->
                "accept(" + quote(accept.artifact().name()) + ")";
            case Rule.Effect.Restart restart ->
                "restart("
                        + Stream.concat(Stream.of(restart.loop()), restart.keep().stream())
                                .map(name -> quote(name.name()))
                                .collect(Collectors.joining(", "))
                        + ")";
            case Rule.Effect.Resume resume -> "resume(" + quote(resume.step().name()) + ")";
            case Rule.Effect.Prune prune -> "prune()";
            case Rule.Effect.Escalate escalate ->
                "escalate(" + quote(escalate.step().name()) + ")";
            case Rule.Effect.Rollback rollback ->
                "rollback(" + quote(rollback.slot().name()) + ")";
            case Rule.Effect.Promote promote ->
                "promote(" + quote(promote.slot().name()) + ")";
            case Rule.Effect.Quarantine quarantine -> "quarantine()";
            case Rule.Effect.Pause pause -> "pause(" + quote(pause.text()) + ")";
            case Rule.Effect.Flag flag -> "flag(" + quote(flag.text()) + ")";
        };
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
