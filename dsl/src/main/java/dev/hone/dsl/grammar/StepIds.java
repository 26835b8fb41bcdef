package dev.hone.dsl.grammar;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Where;
import dev.hone.dsl.yaml.Yaml;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives every step its id. The author's ids come first, wherever they stand, so that they never change. */
final class StepIds {

    /** The target of {@code exit} that is no step. */
    static final String RUN = "run";

    private final Set<String> taken = new HashSet<>(Set.of(RUN));

    /** The number to try next for a name; all below it are taken. */
    private final Map<String, Integer> next = new HashMap<>();

    /** @param problems receives DUPLICATE_ID for an id given twice, or reserved */
    static StepIds of(List<Yaml> flow, Problems problems) {
        StepIds ids = new StepIds();
        Map<String, Where> given = new HashMap<>();
        flow.forEach(step -> collect(step, given, problems));
        ids.taken.addAll(given.keySet());
        return ids;
    }

    private static void collect(Yaml step, Map<String, Where> given, Problems problems) {
        Fields beside = Fields.of(step);
        Fields inside = Verbs.verbOf(beside)
                .map(verb -> beside.yaml(verb.name()) instanceof Yaml.Fields f ? Fields.of(f) : Fields.NONE)
                .orElse(Fields.NONE);
        for (Fields fields : List.of(beside, inside)) {
            if (fields.has("id")) {
                note(fields.text("id"), fields.scalar("id").where(), given, problems);
            }
        }
        for (Fields fields : List.of(beside, inside)) {
            for (String body : List.of("do", "else")) {
                // The 'else' of a human step is no list of steps.
                if (fields.has(body) && fields.yaml(body) instanceof Yaml.Items) {
                    fields.items(body).forEach(inner -> collect(inner, given, problems));
                }
            }
        }
    }

    private static void note(String id, Where where, Map<String, Where> given, Problems problems) {
        Where first = given.putIfAbsent(id, where);
        if (id.equals(RUN)) {
            problems.add(
                    where,
                    ProblemCode.DUPLICATE_ID,
                    "The id 'run' means the whole run, as in 'exit: run'.",
                    "Choose another id.");
        } else if (first != null) {
            problems.add(
                    where,
                    ProblemCode.DUPLICATE_ID,
                    "The id '" + id + "' was already given in line " + first.line() + ".",
                    "Choose another id.");
        }
    }

    String idOf(Fields step, Verb verb) {
        if (step.has("id")) {
            return step.text("id");
        }
        String base = verb.idFrom().flatMap(step::optionalText).orElse(verb.name());
        String id = base;
        int n = next.getOrDefault(base, 2);
        for (; !taken.add(id); n++) {
            id = base + "-" + n;
        }
        next.put(base, n);
        return id;
    }
}
