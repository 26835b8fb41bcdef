package dev.hone.dsl.feel;

import dev.hone.dsl.Nearest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The built-in functions of FEEL that an expression may call. Those whose value changes from one evaluation to the next
 * ({@code now}, {@code today}, {@code random number}, {@code uuid}) are left out: a run must replay the same.
 */
final class FeelFunctions {

    /** @param most -1: any number */
    record Arity(int least, int most) {
        boolean accepts(int arguments) {
            return arguments >= least && (most < 0 || arguments <= most);
        }

        @Override
        public String toString() {
            if (most < 0) {
                return least + " or more arguments";
            }
            return least == most
                    ? least + (least == 1 ? " argument" : " arguments")
                    : least + " to " + most + " arguments";
        }
    }

    private static final Map<String, Arity> BY_NAME = new TreeMap<>();

    static {
        put(
                1,
                1,
                "abs",
                "context",
                "count",
                "date",
                "day of week",
                "day of year",
                "distinct values",
                "duplicate values");
        put(
                1,
                1,
                "duration",
                "even",
                "exp",
                "flatten",
                "from json",
                "get entries",
                "is blank",
                "is defined",
                "is empty");
        put(1, 1, "last day of month", "log", "lower case", "month of year", "not", "odd", "reverse", "sqrt", "string");
        put(1, 1, "string length", "to base64", "to json", "trim", "upper case", "week of year");
        put(1, 2, "ceiling", "date and time", "floor");
        put(1, 3, "number", "time");
        put(1, -1, "all", "any", "concatenate", "context merge", "max", "mean", "median", "min", "mode", "product");
        put(1, -1, "stddev", "sum", "union");
        put(1, 4, "string join");
        put(2, 2, "after", "before", "contains", "ends with", "get or else", "get value", "index of", "list contains");
        put(
                2,
                2,
                "modulo",
                "partition",
                "remove",
                "round down",
                "round half down",
                "round half up",
                "round up",
                "split");
        put(2, 2, "starts with", "substring after", "substring before", "years and months duration");
        put(2, 3, "decimal", "matches", "sublist", "substring");
        put(2, -1, "append");
        put(3, 3, "context put", "insert before");
        put(3, 4, "replace");
    }

    /** Names of several words, longest first, so that {@code date and time} is not read as {@code date}. */
    static final List<List<String>> OF_SEVERAL_WORDS = BY_NAME.keySet().stream()
            .filter(name -> name.contains(" "))
            .map(name -> List.of(name.split(" ")))
            .sorted(Comparator.<List<String>>comparingInt(List::size).reversed())
            .toList();

    private FeelFunctions() {}

    private static void put(int least, int most, String... names) {
        for (String name : names) {
            BY_NAME.put(name, new Arity(least, most));
        }
    }

    /** @throws FeelSyntaxException when there is no such function, or it does not take so many arguments */
    static void require(String name, int arguments, int offset) throws FeelSyntaxException {
        Arity arity = BY_NAME.get(name);
        if (arity == null) {
            String near = Nearest.to(name, BY_NAME.keySet())
                    .map(word -> "; '" + word + "' is near")
                    .orElse("");
            throw new FeelSyntaxException(offset, "There is no function '" + name + "'" + near + ".");
        }
        if (!arity.accepts(arguments)) {
            throw new FeelSyntaxException(offset, "'" + name + "' takes " + arity + ", not " + arguments + ".");
        }
    }
}
