package dev.hone.dsl.grammar;

import dev.hone.dsl.Step;
import dev.hone.dsl.Where;
import dev.hone.dsl.yaml.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step of the file on its way to become a record.
 *
 * @param value what stands after the verb
 * @param fields the keys inside the verb's mapping and those beside it
 * @param where of the verb
 */
record StepSource(String id, Yaml value, Fields fields, Where where, StepIds ids) {

    static StepSource of(Yaml.Fields step, Verb verb, StepIds ids) {
        Yaml.Entry entry = Fields.of(step).entries().get(verb.name());
        if (entry == null) {
            throw new IllegalStateException("The form did not require '" + verb.name() + "'");
        }
        Map<String, Yaml.Entry> all = new LinkedHashMap<>();
        if (entry.value() instanceof Yaml.Fields inside) {
            all.putAll(inside.entries());
        }
        step.entries().forEach((name, sibling) -> {
            if (!name.equals(verb.name())) {
                all.put(name, sibling);
            }
        });
        Fields fields = new Fields(all, entry.value().where());
        return new StepSource(ids.idOf(fields, verb), entry.value(), fields, entry.where(), ids);
    }

    /** The steps under a key; none when it is absent. */
    List<Step> steps(String key) {
        return Verbs.readAll(fields.items(key), ids);
    }
}
