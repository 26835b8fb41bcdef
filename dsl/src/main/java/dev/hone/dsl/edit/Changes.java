package dev.hone.dsl.edit;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Step;
import dev.hone.dsl.Value;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one version of a workflow says differently from another, in words. Where things stand in the file, comments and the
 * way of writing do not count.
 */
public final class Changes {

    /** What says where a thing is, not what it is. */
    private static final Set<String> NAMES = Set.of("id", "name", "where");

    private static final int LONGEST = 80;

    private Changes() {}

    /** A sentence for each difference, in the order of the later version; what is gone comes last. None when they say the same. */
    public static List<String> between(Workflow before, Workflow after) {
        Map<String, Map<String, String>> old = things(before);
        Map<String, Map<String, String>> now = things(after);
        List<String> words = new ArrayList<>();
        now.forEach((thing, fields) -> {
            Map<String, String> earlier = old.get(thing);
            if (earlier == null) {
                words.add(thing + " is new.");
            } else {
                compare(thing, earlier, fields, words);
            }
        });
        old.keySet().stream().filter(thing -> !now.containsKey(thing)).forEach(thing -> words.add(thing + " is gone."));
        return words;
    }

    private static void compare(String thing, Map<String, String> old, Map<String, String> now, List<String> words) {
        Map<String, String> all = new TreeMap<>(old);
        all.putAll(now);
        all.keySet().forEach(field -> {
            String was = old.get(field);
            String is = now.get(field);
            if (was == null) {
                words.add(thing + ": " + field + " is new: " + is + ".");
            } else if (is == null) {
                words.add(thing + ": " + field + " is gone; it was " + was + ".");
            } else if (!is.equals(was)) {
                words.add(thing + ": " + field + " is " + is + ", was " + was + ".");
            }
        });
    }

    /** Everything that has a name, with what the file says of it by paths. */
    private static Map<String, Map<String, String>> things(Workflow workflow) {
        Map<String, Map<String, String>> things = new LinkedHashMap<>();
        Map<String, String> itself = new LinkedHashMap<>();
        itself.put("name", workflow.name());
        things.put("the workflow", itself);
        for (RecordComponent component : Workflow.class.getRecordComponents()) {
            String name = component.getName();
            Object value = Records.part(workflow, component);
            if (value instanceof Map<?, ?> named) {
                named.forEach((key, thing) -> things.put("the " + singular(name) + " '" + key + "'", fields(thing)));
            } else if (name.equals("rules")) {
                workflow.rules().forEach(rule -> things.put("the rule '" + rule.id() + "'", fields(rule)));
            } else if (name.equals("flow")) {
                steps("the flow", workflow.flow(), things);
            } else if (!NAMES.contains(name)) {
                flatten(name, value, itself);
            }
        }
        return things;
    }

    private static String singular(String plural) {
        return plural.endsWith("ies")
                ? plural.substring(0, plural.length() - 3) + "y"
                : plural.endsWith("s") ? plural.substring(0, plural.length() - 1) : plural;
    }

    private static void steps(String body, List<Step> steps, Map<String, Map<String, String>> things) {
        things.put(
                "the order of " + body,
                Map.of("it", String.join(", ", steps.stream().map(Step::id).toList())));
        for (Step step : steps) {
            Map<String, String> fields = fields(step);
            fields.put("its place", "in " + body);
            things.put("the step '" + step.id() + "'", fields);
            int n = 0;
            for (List<Step> inner : step.bodies()) {
                steps("'" + step.id() + "'" + (n++ == 0 ? "" : " (" + n + ")"), inner, things);
            }
        }
    }

    private static Map<String, String> fields(Object thing) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("its kind", thing.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        if (thing instanceof Record record && !(thing instanceof Value)) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                if (!NAMES.contains(component.getName())) {
                    flatten(component.getName(), Records.part(record, component), fields);
                }
            }
        } else {
            flatten("its value", thing, fields);
        }
        return fields;
    }

    private static void flatten(String path, Object value, Map<String, String> fields) {
        switch (value) {
            case Where where -> {}
            case Expression expression -> fields.put(path, abridged(expression.text()));
            case Value.Computed(Expression expression) -> flatten(path, expression, fields);
            case Value.Text(String text, Where where) -> fields.put(path, "'" + abridged(text) + "'");
            case Value.Number(var number, Where where) -> fields.put(path, number.toPlainString());
            case Value.Bool(boolean bool, Where where) -> fields.put(path, Boolean.toString(bool));
            case Value.Nothing nothing -> fields.put(path, "null");
            case Workflow.Name(String name, Where where) -> fields.put(path, name);
            case Optional<?> optional -> optional.ifPresent(content -> flatten(path, content, fields));
            case Map<?, ?> map -> map.forEach((key, item) -> flatten(path + "." + word(key), item, fields));
            case List<?> list -> {
                if (list.isEmpty() || list.getFirst() instanceof Step || list.getFirst() instanceof List) {
                    return; // steps are things of their own
                }
                for (int i = 0; i < list.size(); i++) {
                    flatten(path + " " + (i + 1), list.get(i), fields);
                }
            }
            case Record record -> {
                if (record.getClass().getRecordComponents().length == 0) {
                    fields.put(path, record.getClass().getSimpleName().toLowerCase(Locale.ROOT));
                }
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    flatten(path + "." + component.getName(), Records.part(record, component), fields);
                }
            }
            default -> fields.put(path, abridged(value.toString()));
        }
    }

    private static String word(Object key) {
        return key instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : key.toString();
    }

    private static String abridged(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST
                ? line
                : line.substring(0, LONGEST) + "… (" + text.length() + " characters, "
                        + Integer.toHexString(text.hashCode()) + ")";
    }
}
