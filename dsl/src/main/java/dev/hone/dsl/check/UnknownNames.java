package dev.hone.dsl.check;

import dev.hone.dsl.Nearest;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Type;
import dev.hone.dsl.feel.FeelNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** UNKNOWN_NAME, UNKNOWN_FIELD: an expression reads what is not there, or not yet. */
public final class UnknownNames implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        Set<String> sealed = SealedLeaks.sealedNames(subject.workflow());
        for (Use use : subject.uses()) {
            if (problems.isFull()) {
                return;
            }
            for (FeelNames.Path path : FeelNames.free(use.expression().feel())) {
                if (use.scope().containsKey(path.root())) {
                    fields(use, path, problems);
                } else if (!path.inFilter() && !sealed.contains(path.root())) {
                    name(use, path.root(), problems);
                }
            }
        }
    }

    private static void name(Use use, String name, Problems problems) {
        problems.add(
                use.expression().where(),
                ProblemCode.UNKNOWN_NAME,
                "'" + name + "' is not known in " + use.place() + ".",
                () -> suggestion(name, use.scope().keySet()));
    }

    private static void fields(Use use, FeelNames.Path path, Problems problems) {
        Type type = use.scope().getOrDefault(path.root(), Type.ANY);
        String of = path.root();
        for (String field : path.fields()) {
            if (!Types.has(type, field)) {
                problems.add(
                        use.expression().where(),
                        ProblemCode.UNKNOWN_FIELD,
                        "'" + of + "' has no field '" + field + "'.",
                        type instanceof Type.Fields(Map<String, Type> fields, boolean open)
                                ? suggestion(field, fields.keySet())
                                : "It is a single value; read it without a field.");
                return;
            }
            type = Types.field(type, field);
            of = of + "." + field;
        }
    }

    static String suggestion(String word, Set<String> known) {
        return Nearest.to(word, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElseGet(() -> known.isEmpty() ? "Nothing is known here." : "Known here: " + shown(known) + ".");
    }

    private static String shown(Set<String> known) {
        List<String> sorted = List.copyOf(new TreeSet<>(known));
        String names = sorted.stream().limit(12).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        return sorted.size() > 12 ? names + " and " + (sorted.size() - 12) + " more" : names;
    }
}
