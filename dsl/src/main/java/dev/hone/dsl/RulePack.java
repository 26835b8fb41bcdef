package dev.hone.dsl;

import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.feel.FeelReader;
import dev.hone.dsl.feel.FeelSubstitution;
import dev.hone.dsl.feel.FeelSyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A rule that is shipped as a file {@code packs/NAME.txt}: a sentence, the fact, the settings with their standards, and the
 * condition, in which {@code subject} is what the author names.
 *
 * @param settings numbers and fields of the condition, each with its standard
 */
public record RulePack(String name, String says, Rule.FactKind fact, Map<String, Feel> settings, Feel when) {

    private static final Map<String, RulePack> ALL = load();

    /** The names of all packs, in reading order. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** @param name one of {@link #names} */
    public static RulePack of(String name) {
        return java.util.Objects.requireNonNull(ALL.get(name), name);
    }

    /** The condition with names and numbers in their places. */
    public Feel condition(Map<String, Feel> given) {
        return FeelSubstitution.substitute(when, given);
    }

    private static Map<String, RulePack> load() {
        Map<String, RulePack> packs = new LinkedHashMap<>();
        for (String name : Resources.text("packs/index.txt").lines().toList()) {
            packs.put(name, parse(name, Resources.text("packs/" + name + ".txt")));
        }
        return java.util.Collections.unmodifiableMap(packs);
    }

    /** Lines {@code # sentence}, {@code fact: word}, {@code setting NAME: standard}, and {@code when: condition} to the end. */
    private static RulePack parse(String name, String text) {
        String says = "";
        Rule.FactKind fact = Rule.FactKind.LOOP;
        Map<String, Feel> settings = new LinkedHashMap<>();
        String when = text.substring(text.indexOf("when:") + "when:".length());
        for (String line : text.substring(0, text.indexOf("when:")).lines().toList()) {
            String value = line.substring(line.indexOf(' ') + 1).strip();
            if (line.startsWith("# ")) {
                says = says.isEmpty() ? value : says + " " + value;
            } else if (line.startsWith("fact: ")) {
                fact = Rule.FactKind.valueOf(value.toUpperCase(Locale.ROOT));
            } else if (line.startsWith("setting ")) {
                settings.put(
                        value.substring(0, value.indexOf(':')),
                        feel(value.substring(value.indexOf(':') + 1).strip()));
            }
        }
        return new RulePack(name, says, fact, java.util.Collections.unmodifiableMap(settings), feel(when.strip()));
    }

    private static Feel feel(String text) {
        try {
            return FeelReader.read(text);
        } catch (FeelSyntaxException e) {
            throw new IllegalStateException("a shipped pack is broken: " + text, e);
        }
    }
}
