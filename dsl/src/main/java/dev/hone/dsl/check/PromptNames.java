package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Step;
import dev.hone.dsl.Where;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** UNKNOWN_NAME: a name in a prompt, as {@code {{ name }}} or in a tag, that is not among the call's inputs. */
public final class PromptNames implements Check {

    private static final Pattern COMMENT = Pattern.compile("\\{#.*?#}", Pattern.DOTALL);
    private static final Pattern VERBATIM =
            Pattern.compile("\\{%\\s*verbatim\\s*%}.*?\\{%\\s*endverbatim\\s*%}", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("\\{\\{(.*?)}}|\\{%(.*?)%}", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("\"[^\"]*\"|'[^']*'");

    /** What a template itself names: {@code {% for name in ... %}}, {@code {% set name = ... %}}. */
    private static final Pattern BOUND = Pattern.compile("\\{%-?\\s*(?:for|set)\\s+([A-Za-z_]\\w*)");

    /** A name that is no field, no filter or test, no function and no named argument. */
    private static final Pattern NAME = Pattern.compile(
            "(?<![\\w.])(?<!\\|\\s{0,9})(?<!\\bis\\s{1,9}(?:not\\s{1,9})?)([A-Za-z_]\\w*+)(?!\\s*\\()(?!\\s*=[^=])");

    /** The template language's own words. */
    private static final Set<String> WORDS = Set.of(
            "and",
            "or",
            "not",
            "is",
            "in",
            "if",
            "elseif",
            "else",
            "endif",
            "for",
            "endfor",
            "set",
            "null",
            "none",
            "true",
            "false",
            "equals",
            "contains",
            "matches",
            "filter",
            "endfilter",
            "autoescape",
            "endautoescape",
            "loop");

    @Override
    public void check(Subject subject, Problems problems) {
        subject.flow()
                .all(Step.Call.class)
                .forEach(call -> call.prompts().forEach(prompt -> check(call, prompt, problems)));
    }

    private static void check(Step.Call call, Step.Prompt prompt, Problems problems) {
        if (!(prompt instanceof Step.Prompt.Written(String template, Where where))) {
            return; // what a slot holds is known when it is there
        }
        for (String name : names(template)) {
            if (!call.in().containsKey(name)) {
                problems.add(
                        where,
                        ProblemCode.UNKNOWN_NAME,
                        "The prompt names '{{ " + name + " }}', which is not an input of the call.",
                        () -> UnknownNames.suggestion(name, call.in().keySet()));
            }
        }
    }

    /** The names that a template reads from outside of itself. */
    private static Set<String> names(String template) {
        String text = VERBATIM.matcher(COMMENT.matcher(template).replaceAll("")).replaceAll("");
        Set<String> bound = new LinkedHashSet<>(WORDS);
        Matcher binding = BOUND.matcher(text);
        while (binding.find()) {
            bound.add(binding.group(1));
        }
        Set<String> names = new LinkedHashSet<>();
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            String code = place.group(1) == null ? place.group(2) : place.group(1);
            Matcher name = NAME.matcher(LITERAL.matcher(code).replaceAll("0"));
            while (name.find()) {
                if (!bound.contains(name.group(1))) {
                    names.add(name.group(1));
                }
            }
        }
        return names;
    }
}
