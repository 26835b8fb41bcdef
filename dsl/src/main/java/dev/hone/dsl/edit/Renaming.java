package dev.hone.dsl.edit;

import dev.hone.dsl.Expression;
import dev.hone.dsl.RuleFile;
import dev.hone.dsl.Where;
import dev.hone.dsl.edit.Edit.Kind;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The plan that gives something another name. */
final class Renaming {

    private final Source source;
    private final Edit.Rename edit;
    private final Names names;
    private final Map<Where, Expression> expressions;
    private final Map<String, String> ids = new HashMap<>();
    private final List<Cut> cuts = new ArrayList<>();

    Renaming(Source source, Edit.Rename edit) {
        this.source = source;
        this.edit = edit;
        this.names = Names.of(source);
        this.expressions = Records.all(source.workflow(), Expression.class)
                .collect(Collectors.toMap(Expression::where, e -> e, (one, other) -> one));
    }

    Plan plan() throws Refusal {
        requireMeaning();
        ids.putAll(edit.kind() == Kind.STEP ? Map.of(edit.from(), edit.to()) : Map.of());
        Set<String> touched = Set.copyOf(names.definedWith(edit.kind(), edit.from()));
        if (edit.kind() == Kind.OUTPUT && !touched.isEmpty()) {
            ids.putAll(idsAfterwards(touched));
        }
        Yaml tree = renamed(source.page().root(), new Names.Place(List.of(), ""));
        String text = Cut.apply(source.page().text(), cuts);
        return new Plan(text, tree, source.comments(List.of(), List.of()), touched, this::same);
    }

    private boolean same(Source before, Source after) {
        return Leftovers.of(after, edit.from()).isEmpty()
                && Records.same(
                        before.workflow(),
                        after.workflow(),
                        (one, other) ->
                                (one.equals(edit.from()) && other.equals(edit.to())) || other.equals(ids.get(one)));
    }

    /** What the steps without an id of their own are called once the name that they are called after is another. */
    private Map<String, String> idsAfterwards(Set<String> touched) throws Refusal {
        renamed(source.page().root(), new Names.Place(List.of(), ""));
        String text = Cut.apply(source.page().text(), cuts);
        cuts.clear();
        Source after = Source.read("the renamed file", text);
        Map<String, String> changed = new HashMap<>();
        List<String> now = List.copyOf(after.steps().keySet());
        int at = 0;
        for (String id : source.steps().keySet()) {
            if (touched.contains(id) && !now.get(at).equals(id)) {
                changed.put(id, now.get(at));
            }
            at++;
        }
        return changed;
    }

    private void requireMeaning() throws Refusal {
        String from = edit.from();
        String to = edit.to();
        if (!names.isDeclared(edit.kind(), from)) {
            throw Refusal.of("There is no " + word() + " '" + from + "'.", "Name one that the file declares.");
        }
        if (source.page().root() instanceof Yaml.Fields root && root.entries().containsKey("use")) {
            throw Refusal.of(
                    "The file is another workflow with parts replaced, and its names are those of the other.",
                    "Rename it there.");
        }
        if (!FlowText.text(to).equals(to)) {
            throw Refusal.of("'" + to + "' is not a name.", "Use letters, digits and '_'.");
        }
        Optional<RuleFile> rules = source.workflow().ruleFiles().stream().findFirst();
        if (rules.isPresent()) {
            throw Refusal.at(
                    rules.get().path().where(),
                    "The rules in '" + rules.get().path().name() + "' may speak of '" + from
                            + "', and a command changes the workflow's own text alone.",
                    "Rename it in both texts.");
        }
        Optional<Source.StepPlace> use = source.steps().values().stream()
                .filter(step -> names.isVariable(edit.kind()) && mayBePassedOn(step, from))
                .findFirst();
        if (use.isPresent()) {
            throw Refusal.at(
                    use.get().node().where(),
                    "The workflow that '" + use.get().id() + "' uses is given '" + from
                            + "' without its being written, if it has an input of that name.",
                    "Write '" + from + ": \"= " + from + "\"' in the step's 'in' first.");
        }
        if (edit.kind() == Kind.STEP && !names.hasOwnId(from)) {
            throw Refusal.at(
                    source.step(from).node().where(),
                    "The step '" + from + "' has no id of its own.",
                    "Give it 'id: " + from + "' first.");
        }
        if (names.isVariable(edit.kind()) && names.variableKinds(from) > 1) {
            throw Refusal.of(
                    "'" + from + "' is the name of several things, so what is meant by it depends on the place.",
                    "Rename it in the text.");
        }
        if (names.isVariable(edit.kind()) && Names.RESERVED.contains(to)) {
            throw Refusal.of("'" + to + "' has a meaning of its own in expressions.", "Choose another name.");
        }
        if (!from.equals(to) && (names.isTaken(to) || names.isTakenInExpressions(expressions.keySet(), to))) {
            throw Refusal.of("The name '" + to + "' is already used in the file.", "Choose another name.");
        }
    }

    /** A used workflow is given what has the name of its input, unless the step says otherwise. */
    private static boolean mayBePassedOn(Source.StepPlace step, String name) {
        return step.verb().equals("use")
                && Trees.at(step.node(), List.of("use", "in", name)).isEmpty();
    }

    private String word() {
        return edit.kind().name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The tree with the new name; notes where the text has to change. */
    private Yaml renamed(Yaml yaml, Names.Place place) throws Refusal {
        return switch (yaml) {
            case Yaml.Scalar scalar -> scalar(scalar, place);
            case Yaml.Items list -> {
                List<Yaml> items = new ArrayList<>();
                for (int i = 0; i < list.items().size(); i++) {
                    items.add(
                            renamed(list.items().get(i), place.item(list.items().get(i), i)));
                }
                yield new Yaml.Items(items, list.where(), list.span());
            }
            case Yaml.Fields fields -> {
                Map<String, Yaml.Entry> entries = new java.util.LinkedHashMap<>();
                for (var field : fields.entries().entrySet()) {
                    String key = field.getKey();
                    Yaml.Entry entry = field.getValue();
                    Yaml value = renamed(entry.value(), place.field(fields, key));
                    boolean declared = place.path().size() == 1
                            && key.equals(edit.from())
                            && place.path().getFirst().equals(Names.section(edit.kind()));
                    if (declared) {
                        cuts.add(new Cut(entry.key().from(), entry.key().to(), written(entry.key())));
                    }
                    entries.put(declared ? edit.to() : key, new Yaml.Entry(entry.where(), entry.key(), value));
                }
                yield new Yaml.Fields(entries, fields.where(), fields.span());
            }
        };
    }

    private Yaml.Scalar scalar(Yaml.Scalar scalar, Names.Place place) throws Refusal {
        String text = scalar.text();
        if ((expressions.containsKey(scalar.where()) || place.isPartOfExpression())
                && scalar.kind() == Yaml.Scalar.Kind.TEXT) {
            ExpressionEdit expression = new ExpressionEdit(source.page(), scalar, names, place);
            cuts.addAll(expression.cuts(edit, ids));
            return Trees.text(scalar, expression.renamed(edit, ids));
        }
        String to = names.refersTo(scalar, place, Kind.STEP) ? ids.get(text) : null;
        if (to == null && text.equals(edit.from()) && names.refersTo(scalar, place, edit.kind())) {
            to = edit.to();
        }
        if (to == null || to.equals(text)) {
            return scalar;
        }
        cuts.add(new Cut(scalar.span().from(), scalar.span().to(), written(scalar.span(), to)));
        return Trees.text(scalar, to);
    }

    private String written(Yaml.Span old) throws Refusal {
        return written(old, edit.to());
    }

    /** In the quotes that the old name has. */
    private String written(Yaml.Span old, String to) throws Refusal {
        if (!old.inline()) {
            throw Refusal.of("The name '" + edit.from() + "' is written as a block of text.", "Write it in its line.");
        }
        char first = source.page().text().charAt(old.from());
        boolean quoted = first == '"' || first == '\'';
        return quoted ? first + to + first : to;
    }
}
