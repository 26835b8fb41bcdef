package dev.hone.engine.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the rules decide about facts that came up together, and why.
 *
 * @param fired the rules whose condition holds, in the order of the file
 * @param move the first effect among theirs that says where the flow goes: exit, skip or goto
 * @param accepts all of them, in the order of the file
 * @param flags all of them, in the order of the file
 */
public record Decision(
        List<Fired> fired, Optional<Rule.Effect> move, List<Rule.Effect.Accept> accepts, List<Rule.Effect.Flag> flags) {

    private static final Decision NONE = new Decision(List.of(), Optional.empty(), List.of(), List.of());

    /**
     * A rule whose condition holds.
     *
     * @param when the condition as written
     * @param facts what the condition read, by name: {@code {"vis.pass": true}}
     */
    public record Fired(String rule, Where where, String when, JsonNode facts, List<Rule.Effect> effects) {

        /** As the ledger keeps it. */
        public ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("rule", rule).put("where", where.toString()).put("when", when);
            json.set("facts", facts);
            effects.forEach(effect -> json.withArray("then").add(effectJson(effect)));
            return json;
        }
    }

    /** No rule holds. */
    public static Decision none() {
        return NONE;
    }

    static Decision of(List<Fired> fired) {
        if (fired.isEmpty()) {
            return NONE;
        }
        Optional<Rule.Effect> move = Optional.empty();
        List<Rule.Effect.Accept> accepts = new ArrayList<>();
        List<Rule.Effect.Flag> flags = new ArrayList<>();
        for (Fired rule : fired) {
            for (Rule.Effect effect : rule.effects()) {
                switch (effect) {
                    case Rule.Effect.Accept accept -> accepts.add(accept);
                    case Rule.Effect.Flag flag -> flags.add(flag);
                    case Rule.Effect.Exit exit -> move = move.or(() -> Optional.of(exit));
                    case Rule.Effect.Skip skip -> move = move.or(() -> Optional.of(skip));
                    case Rule.Effect.Goto go -> move = move.or(() -> Optional.of(go));
                }
            }
        }
        return new Decision(List.copyOf(fired), move, List.copyOf(accepts), List.copyOf(flags));
    }

    /** The rule whose effect the {@link #move} is. */
    public Optional<Fired> mover() {
        return move.flatMap(effect ->
                fired.stream().filter(rule -> rule.effects().contains(effect)).findFirst());
    }

    /** As the ledger keeps it. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        fired.forEach(rule -> json.withArray("fired").add(rule.json()));
        move.ifPresent(effect -> json.set("move", effectJson(effect)));
        accepts.forEach(accept -> json.withArray("accept").add(accept.artifact().name()));
        flags.forEach(flag -> json.withArray("flags").add(flag.text()));
        return json;
    }

    private static ObjectNode effectJson(Rule.Effect effect) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (effect) {
            case Rule.Effect.Exit exit -> json.put("exit", exit.target().name());
            case Rule.Effect.Skip skip -> json.put("skip", skip.target().name());
            case Rule.Effect.Goto go -> json.put("goto", go.target().name());
            case Rule.Effect.Accept accept ->
                json.put("accept", accept.artifact().name());
            case Rule.Effect.Flag flag -> json.put("flag", flag.text());
        };
    }
}
