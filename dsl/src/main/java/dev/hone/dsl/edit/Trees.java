package dev.hone.dsl.edit;

import dev.hone.dsl.Where;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What an edit means for the tree that a file says, apart from how it is written. */
final class Trees {

    private static final Yaml.Span NOWHERE = new Yaml.Span(0, 0, true);

    private Trees() {}

    static Optional<Yaml> at(Yaml tree, List<String> path) {
        Optional<Yaml> node = Optional.of(tree);
        for (String step : path) {
            node = node.flatMap(of -> child(of, step));
        }
        return node;
    }

    static Optional<Yaml> child(Yaml of, String step) {
        return switch (of) {
            case Yaml.Scalar scalar -> Optional.empty();
            case Yaml.Items items ->
                index(step).filter(i -> i < items.items().size()).map(items.items()::get);
            case Yaml.Fields fields ->
                Optional.ofNullable(fields.entries().get(step)).map(Yaml.Entry::value);
        };
    }

    /** Of a key that is there. */
    static Yaml.Entry entry(Yaml.Fields of, String key) {
        return Optional.ofNullable(of.entries().get(key)).orElseThrow();
    }

    static Optional<Integer> index(String step) {
        return step.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(step)) : Optional.empty();
    }

    /** The tree with another node at the path, or with it added as the last of its parent. */
    static Yaml put(Yaml tree, List<String> path, Yaml node) {
        return within(tree, parent(path), of -> switch (of) {
            case Yaml.Scalar scalar -> throw new IllegalStateException("A scalar has no fields");
            case Yaml.Items items -> {
                List<Yaml> all = new ArrayList<>(items.items());
                int index = index(path.getLast()).orElseThrow();
                if (index == all.size()) {
                    all.add(node);
                } else {
                    all.set(index, node);
                }
                yield new Yaml.Items(all, items.where(), items.span());
            }
            case Yaml.Fields fields -> {
                Map<String, Yaml.Entry> all = new LinkedHashMap<>(fields.entries());
                Yaml.Entry old = all.get(path.getLast());
                Where where = old == null ? node.where() : old.where();
                all.put(path.getLast(), new Yaml.Entry(where, old == null ? NOWHERE : old.key(), node));
                yield new Yaml.Fields(all, fields.where(), fields.span());
            }
        });
    }

    static Yaml remove(Yaml tree, List<String> path) {
        return within(tree, parent(path), of -> switch (of) {
            case Yaml.Scalar scalar -> throw new IllegalStateException("A scalar has no fields");
            case Yaml.Items items -> {
                List<Yaml> all = new ArrayList<>(items.items());
                all.remove((int) index(path.getLast()).orElseThrow());
                yield new Yaml.Items(all, items.where(), items.span());
            }
            case Yaml.Fields fields -> {
                Map<String, Yaml.Entry> all = new LinkedHashMap<>(fields.entries());
                all.remove(path.getLast());
                yield new Yaml.Fields(all, fields.where(), fields.span());
            }
        });
    }

    /** The list at the path with another item before the one that has the index now. */
    static Yaml insert(Yaml tree, List<String> list, int index, Yaml item) {
        return within(tree, list, of -> {
            Yaml.Items items = (Yaml.Items) of;
            List<Yaml> all = new ArrayList<>(items.items());
            all.add(index, item);
            return new Yaml.Items(all, items.where(), items.span());
        });
    }

    static Yaml within(Yaml tree, List<String> path, UnaryOperator<Yaml> change) {
        if (path.isEmpty()) {
            return change.apply(tree);
        }
        Yaml child = child(tree, path.getFirst()).orElseThrow();
        return put(tree, path.subList(0, 1), within(child, path.subList(1, path.size()), change));
    }

    static List<String> parent(List<String> path) {
        return path.subList(0, path.size() - 1);
    }

    static List<String> join(List<String> path, String... more) {
        List<String> all = new ArrayList<>(path);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    static Yaml.Items list(List<Yaml> items, Where where) {
        return new Yaml.Items(List.copyOf(items), where, NOWHERE);
    }

    static Yaml.Fields mapping(Map<String, Yaml> fields, Where where) {
        Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
        fields.forEach((key, value) -> entries.put(key, new Yaml.Entry(where, NOWHERE, value)));
        return new Yaml.Fields(entries, where, NOWHERE);
    }

    static Yaml.Scalar text(Yaml.Scalar like, String text) {
        return new Yaml.Scalar(like.kind(), text, like.where(), like.contents(), like.verbatim(), like.span());
    }

    /** Whether two files say the same: every key in its order, every value, whatever the style. */
    static boolean same(Yaml one, Yaml other) {
        return switch (one) {
            case Yaml.Scalar scalar ->
                other instanceof Yaml.Scalar that
                        && that.kind() == scalar.kind()
                        && that.text().equals(scalar.text());
            case Yaml.Items items -> other instanceof Yaml.Items that && sameAll(items.items(), that.items());
            case Yaml.Fields fields ->
                other instanceof Yaml.Fields that
                        && List.copyOf(fields.entries().keySet())
                                .equals(List.copyOf(that.entries().keySet()))
                        && sameAll(values(fields), values(that));
        };
    }

    private static boolean sameAll(List<Yaml> some, List<Yaml> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!same(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    static List<Yaml> values(Yaml.Fields fields) {
        return fields.entries().values().stream().map(Yaml.Entry::value).toList();
    }
}
