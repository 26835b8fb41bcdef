package dev.hone.dsl.edit;

import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.edit.Edit.Kind;
import dev.hone.dsl.feel.FeelNames;
import dev.hone.dsl.feel.FeelReader;
import dev.hone.dsl.feel.FeelSyntaxException;
import dev.hone.dsl.feel.FeelWords;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which names a file declares, and which of them is meant at a place. */
final class Names {

    /** Names that an expression sees at some places without their being declared. */
    static final Set<String> RESERVED = Set.of(
            "item",
            "out",
            "result",
            "left",
            "spent",
            "round",
            "exhausted",
            "history",
            "pool",
            "subtree",
            "artifact",
            "policy",
            "slot",
            "version",
            "memory",
            "random",
            "human",
            "partial",
            "score",
            "verdict",
            "critique",
            "preference",
            "vector",
            "ranking",
            "correction",
            "label",
            "trace",
            "loop",
            "budget",
            "run");

    /** What a knockout compares, under the key {@code by}. */
    static final Set<String> COMPARED = Set.of("a", "b");

    /** Keys whose values name steps. */
    private static final Set<String> STEPS = Set.of("exit", "skip", "goto", "resume", "escalate", "scope");

    /** Keys whose values name slots; {@code tool} and {@code trainer} may also name what the engine has. */
    private static final Set<String> SLOTS = Set.of(
            "role",
            "surrogate",
            "score",
            "tool",
            "trainer",
            "arms",
            "set",
            "promote",
            "rollback",
            "reset",
            "ema",
            "interpolate");

    private static final Set<String> POOLS = Set.of("into", "result", "over", "keep");

    private static final Set<String> OUTPUTS = Set.of("out", "as", "accept", "keep");

    /**
     * A place in the file.
     *
     * @param path keys from the root, indices left out
     * @param fact of a rule, what it is about; otherwise empty
     */
    record Place(List<String> path, String fact) {

        Place field(Yaml.Fields of, String key) {
            List<String> longer = new ArrayList<>(path);
            longer.add(key);
            return new Place(List.copyOf(longer), fact);
        }

        Place item(Yaml item, int index) {
            boolean rule = path.equals(List.of("rules"));
            return rule
                            && item instanceof Yaml.Fields fields
                            && fields.entries().get("fact") instanceof Yaml.Entry entry
                            && entry.value() instanceof Yaml.Scalar scalar
                    ? new Place(path, scalar.text())
                    : this;
        }

        /** Whether the text is one of those that rules put together to an expression: of a table or a pack. */
        boolean isPartOfExpression() {
            return path.equals(List.of("rules", "inputs")) || path.equals(List.of("rules", "of"));
        }

        String key() {
            return path.isEmpty() ? "" : path.getLast();
        }

        private String owner() {
            return path.size() < 2 ? "" : path.get(path.size() - 2);
        }
    }

    private final Source source;
    private final Map<Kind, Set<String>> declared = new HashMap<>();
    private final Set<String> elements = new HashSet<>();
    private final Map<String, Set<String>> outputsOf = new HashMap<>();
    private final Set<Where> references = new HashSet<>();
    private final Set<String> referred = new HashSet<>();

    private Names(Source source) {
        this.source = source;
        Records.all(source.workflow(), Workflow.Name.class).forEach(name -> {
            references.add(name.where());
            referred.add(name.name());
        });
        for (Kind kind : Kind.values()) {
            declared.put(kind, new HashSet<>(keys(section(kind))));
        }
        source.steps().forEach((id, step) -> {
            set(Kind.STEP).add(id);
            if (step.node().entries().get(step.verb()) instanceof Yaml.Entry entry
                    && entry.value() instanceof Yaml.Fields inside) {
                elements.addAll(keys(inside, "over"));
                for (String key : List.of("out", "as")) {
                    if (inside.entries().get(key) instanceof Yaml.Entry output
                            && output.value() instanceof Yaml.Scalar scalar
                            && references.contains(scalar.where())) {
                        set(Kind.OUTPUT).add(scalar.text());
                        outputsOf
                                .computeIfAbsent(scalar.text(), name -> new HashSet<>())
                                .add(id);
                    }
                }
            }
        });
    }

    static Names of(Source source) {
        return new Names(source);
    }

    /** The key of the file under which things of the kind are declared; empty for what steps declare. */
    static String section(Kind kind) {
        return switch (kind) {
            case STEP, OUTPUT -> "";
            case SLOT -> "slots";
            case POOL -> "pools";
            case PARAM -> "params";
            case INPUT -> "input";
        };
    }

    private Set<String> keys(String section) {
        return keys((Yaml.Fields) source.page().root(), section);
    }

    private static Set<String> keys(Yaml.Fields of, String key) {
        return of.entries().get(key) instanceof Yaml.Entry entry && entry.value() instanceof Yaml.Fields fields
                ? fields.entries().keySet()
                : Set.of();
    }

    private Set<String> set(Kind kind) {
        return declared.getOrDefault(kind, Set.of());
    }

    boolean isDeclared(Kind kind, String name) {
        return set(kind).contains(name);
    }

    boolean isVariable(Kind kind) {
        return switch (kind) {
            case PARAM, INPUT, OUTPUT -> true;
            case STEP, SLOT, POOL -> false;
        };
    }

    long variableKinds(String name) {
        return Stream.of(set(Kind.PARAM), set(Kind.INPUT), set(Kind.OUTPUT), elements)
                .filter(names -> names.contains(name))
                .count();
    }

    /** Whether the id stands in the file. */
    boolean hasOwnId(String step) throws Refusal {
        Source.StepPlace place = source.step(step);
        return Stream.of(place.node(), Trees.entry(place.node(), place.verb()).value())
                .anyMatch(yaml ->
                        yaml instanceof Yaml.Fields fields && fields.entries().containsKey("id"));
    }

    /** The steps that define the name. */
    Set<String> definedWith(Kind kind, String name) {
        return switch (kind) {
            case STEP -> Set.of(name);
            case OUTPUT -> outputsOf.getOrDefault(name, Set.of());
            case SLOT, POOL, PARAM, INPUT -> Set.of();
        };
    }

    /** Whether anything is called so, declared or only referred to. */
    boolean isTaken(String name) {
        return declared.values().stream().anyMatch(names -> names.contains(name))
                || elements.contains(name)
                || referred.contains(name)
                || Stream.of("memory", "policies")
                        .anyMatch(section -> keys(section).contains(name));
    }

    boolean isTakenInExpressions(Set<Where> expressions, String name) {
        return anyExpression(source.page().root(), expressions, name);
    }

    private static boolean anyExpression(Yaml yaml, Set<Where> expressions, String name) {
        return switch (yaml) {
            case Yaml.Scalar scalar -> {
                try {
                    yield expressions.contains(scalar.where())
                            && FeelNames.roots(FeelReader.read(ExpressionEdit.feel(scalar)))
                                    .contains(name);
                } catch (FeelSyntaxException e) {
                    yield false; // a duration
                }
            }
            case Yaml.Items items -> items.items().stream().anyMatch(item -> anyExpression(item, expressions, name));
            case Yaml.Fields fields ->
                Trees.values(fields).stream().anyMatch(value -> anyExpression(value, expressions, name));
        };
    }

    /** Whether the text at the place is the name of something of the kind. */
    boolean refersTo(Yaml.Scalar scalar, Place place, Kind kind) {
        String name = scalar.text();
        String key = place.key();
        if (key.equals("id")) {
            return kind == Kind.STEP
                    && !place.path().getFirst().equals("rules")
                    && set(kind).contains(name);
        }
        if (!references.contains(scalar.where()) || !set(kind).contains(name)) {
            return false;
        }
        return switch (kind) {
            case STEP -> STEPS.contains(key) && inRules(place);
            case SLOT ->
                key.equals("into") && place.owner().equals("train")
                        || SLOTS.contains(key) && (!isTool(key) || isToolSlot(name));
            case POOL -> POOLS.contains(key) && !(key.equals("into") && isOtherStore(place.owner()));
            case OUTPUT -> OUTPUTS.contains(key);
            case PARAM, INPUT -> key.equals("keep");
        };
    }

    private static boolean inRules(Place place) {
        return place.path().getFirst().equals("rules");
    }

    private static boolean isTool(String key) {
        return key.equals("tool") || key.equals("trainer");
    }

    private boolean isToolSlot(String slot) {
        return Trees.at(source.page().root(), List.of("slots", slot, "kind"))
                .filter(kind ->
                        kind instanceof Yaml.Scalar scalar && scalar.text().equals("tool"))
                .isPresent();
    }

    /** {@code into} of these names a slot or a memory. */
    private static boolean isOtherStore(String verb) {
        return verb.equals("train") || verb.equals("remember");
    }

    /**
     * Whether a name of an expression at the place means something of the kind.
     *
     * @param whole whether the expression is nothing but the name
     */
    boolean means(FeelWords.Word word, boolean whole, Place place, Kind kind) {
        String name = word.name();
        return switch (word.role()) {
            case KEY -> false;
            case FIELD -> set(kind).contains(name) && fieldKind(word.of(), kind);
            case NAME -> set(kind).contains(name) && nameKind(name, whole, place) == group(kind);
        };
    }

    private boolean fieldKind(String of, Kind kind) {
        return switch (kind) {
            case SLOT -> (of.equals("slot") || of.equals("version")) && variableKinds(of) == 0;
            case POOL -> of.equals("pool") && variableKinds(of) == 0;
            case STEP, PARAM, INPUT, OUTPUT -> false;
        };
    }

    private enum Group {
        VARIABLE,
        STEP,
        POOL,
        SLOT,
        NONE
    }

    private static Group group(Kind kind) {
        return switch (kind) {
            case PARAM, INPUT, OUTPUT -> Group.VARIABLE;
            case STEP -> Group.STEP;
            case POOL -> Group.POOL;
            case SLOT -> Group.SLOT;
        };
    }

    private Group nameKind(String name, boolean whole, Place place) {
        boolean loop = place.fact().equals("loop")
                && set(Kind.STEP).contains(name)
                && !set(Kind.PARAM).contains(name);
        boolean pool = (place.fact().equals("pool") || (whole && place.key().equals("from")))
                && set(Kind.POOL).contains(name);
        boolean slot = place.fact().equals("slot") && set(Kind.SLOT).contains(name);
        if (loop) {
            return Group.STEP;
        }
        if (pool) {
            return Group.POOL;
        }
        if (slot) {
            return Group.SLOT;
        }
        return variableKinds(name) > 0
                ? Group.VARIABLE
                : set(Kind.POOL).contains(name) ? Group.POOL : set(Kind.STEP).contains(name) ? Group.STEP : Group.NONE;
    }
}
