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
 * @param fired the rules whose condition holds, by salience and, of equal salience, as in the file
 * @param move the first effect among theirs that says where the flow goes
 * @param others all other effects, in the order of the rules
 */
public record Decision(List<Fired> fired, Optional<Rule.Effect> move, List<Rule.Effect> others) {

    private static final Decision NONE = new Decision(List.of(), Optional.empty(), List.of());

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
        List<Rule.Effect> others = new ArrayList<>();
        for (Fired rule : fired) {
            for (Rule.Effect effect : rule.effects()) {
                if (!moves(effect)) {
                    others.add(effect);
                } else if (move.isEmpty()) {
                    move = Optional.of(effect);
                }
            }
        }
        return new Decision(List.copyOf(fired), move, List.copyOf(others));
    }

    /** Whether an effect says where the flow goes: of those only the first happens. */
    private static boolean moves(Rule.Effect effect) {
        return switch (effect) {
            case Rule.Effect.Exit e -> true;
            case Rule.Effect.Skip e -> true;
            case Rule.Effect.Goto e -> true;
            case Rule.Effect.Restart e -> true;
            case Rule.Effect.Resume e -> true;
            case Rule.Effect.Escalate e -> true;
            case Rule.Effect.Pause e -> true;
            case Rule.Effect.Accept e -> false;
            case Rule.Effect.Prune e -> false;
            case Rule.Effect.Rollback e -> false;
            case Rule.Effect.Promote e -> false;
            case Rule.Effect.Quarantine e -> false;
            case Rule.Effect.Flag e -> false;
        };
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
        others.forEach(effect -> json.withArray("others").add(effectJson(effect)));
        return json;
    }

    static ObjectNode effectJson(Rule.Effect effect) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (effect) {
            case Rule.Effect.Exit exit -> json.put("exit", exit.target().name());
            case Rule.Effect.Skip skip -> json.put("skip", skip.target().name());
            case Rule.Effect.Goto go -> json.put("goto", go.target().name());
            case Rule.Effect.Accept accept ->
                json.put("accept", accept.artifact().name());
            case Rule.Effect.Restart restart -> {
                json.put("restart", restart.loop().name());
                restart.keep().forEach(name -> json.withArray("keep").add(name.name()));
                yield json;
            }
            case Rule.Effect.Resume resume -> json.put("resume", resume.step().name());
            case Rule.Effect.Prune prune -> json.put("prune", "subtree");
            case Rule.Effect.Escalate escalate ->
                json.put("escalate", escalate.step().name());
            case Rule.Effect.Rollback rollback ->
                json.put("rollback", rollback.slot().name());
            case Rule.Effect.Promote promote ->
                json.put("promote", promote.slot().name());
            case Rule.Effect.Quarantine quarantine -> json.put("quarantine", true);
            case Rule.Effect.Pause pause -> json.put("pause", pause.text());
            case Rule.Effect.Flag flag -> json.put("flag", flag.text());
        };
    }
}
