package dev.hone.dsl.edit;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Where;
import dev.hone.dsl.feel.FeelNames;
import dev.hone.dsl.yaml.Yaml;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Expressions that a file puts together from several texts, and that still read a name which is to be gone. */
final class Leftovers {

    /** Under these roots a field is a name of the file. */
    private static final Set<String> STORES = Set.of("slot", "version", "pool");

    private Leftovers() {}

    static List<Expression> of(Source source, String name) {
        Set<Where> texts = new HashSet<>();
        texts(source.page().root(), texts);
        return Records.all(source.workflow(), Expression.class)
                .filter(expression -> !texts.contains(expression.where()))
                .filter(expression -> FeelNames.free(expression.feel()).stream()
                        .anyMatch(path ->
                                path.root().equals(name) || path.fields().contains(name)))
                .toList();
    }

    private static void texts(Yaml yaml, Set<Where> found) {
        switch (yaml) {
            case Yaml.Scalar scalar -> found.add(scalar.where());
            case Yaml.Items items -> items.items().forEach(item -> texts(item, found));
            case Yaml.Fields fields -> Trees.values(fields).forEach(value -> texts(value, found));
        }
    }
}
