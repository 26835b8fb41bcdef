package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Step;
import dev.hone.dsl.Where;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** UNKNOWN_NAME: a prompt's {@code {{ name }}} that is not among the call's inputs. */
public final class PromptNames implements Check {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([^{}]*)}}");

    @Override
    public void check(Subject subject, Problems problems) {
        subject.flow()
                .all(Step.Call.class)
                .forEach(call -> call.prompt().ifPresent(prompt -> check(call, prompt, problems)));
    }

    private static void check(Step.Call call, Step.Prompt prompt, Problems problems) {
        if (!(prompt instanceof Step.Prompt.Written(String template, Where where))) {
            return; // what a slot holds is known when it is there
        }
        Matcher place = PLACE.matcher(template);
        while (place.find()) {
            String name = place.group(1).strip();
            if (!call.in().containsKey(name.split("\\.", -1)[0])) {
                problems.add(
                        where,
                        ProblemCode.UNKNOWN_NAME,
                        "The prompt names '{{ " + name + " }}', which is not an input of the call.",
                        () -> UnknownNames.suggestion(name, call.in().keySet()));
            }
        }
    }
}
