package dev.hone.engine.rules;

import dev.hone.dsl.Rule;
import java.util.List;
import java.util.Set;

/** The rules as DRL text, for people to read beside the BPMN. */
public final class DrlText {

    private DrlText() {}

    public static String print(List<Rule> rules, Set<String> params) {
        return "";
    }
}
