package dev.hone.connectors.env;

import com.google.common.collect.ImmutableList;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.hone.connectors.api.ConnectorException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A reward as one expression of CEL, Google's Common Expression Language, over the features of a step, each a double:
 * {@code goal * 10.0 - (closer < farther ? 0.5 : 0.1)}. It has numbers, arithmetic, comparisons, {@code && || !} and
 * {@code ? :}; no other functions, no texts, no lists, no loops, so that its time is bounded by its size. It is read and its
 * types are checked once; what it gave for the same features is remembered. Not for several threads.
 */
final class RewardCode implements Reward {

    /** The most characters. */
    static final int LONGEST = 2_000;

    private static final int DEEPEST = 120;
    private static final int MOST_REMEMBERED = 10_000;

    private static final Set<String> OPERATORS = Set.of(
            "_+_", "_-_", "_*_", "_/_", "_%_", "-_", "_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_", "_&&_", "_||_", "!_",
            "_?_:_");

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(DEEPEST)
            .enableComprehension(false)
            .build();

    private static final CelStandardDeclarations DECLARATIONS = CelStandardDeclarations.newBuilder()
            .includeFunctions(
                    CelStandardDeclarations.StandardFunction.ADD,
                    CelStandardDeclarations.StandardFunction.SUBTRACT,
                    CelStandardDeclarations.StandardFunction.MULTIPLY,
                    CelStandardDeclarations.StandardFunction.DIVIDE,
                    CelStandardDeclarations.StandardFunction.MODULO,
                    CelStandardDeclarations.StandardFunction.NEGATE,
                    CelStandardDeclarations.StandardFunction.LESS,
                    CelStandardDeclarations.StandardFunction.LESS_EQUALS,
                    CelStandardDeclarations.StandardFunction.GREATER,
                    CelStandardDeclarations.StandardFunction.GREATER_EQUALS,
                    CelStandardDeclarations.StandardFunction.EQUALS,
                    CelStandardDeclarations.StandardFunction.NOT_EQUALS,
                    CelStandardDeclarations.StandardFunction.LOGICAL_AND,
                    CelStandardDeclarations.StandardFunction.LOGICAL_OR,
                    CelStandardDeclarations.StandardFunction.LOGICAL_NOT,
                    CelStandardDeclarations.StandardFunction.CONDITIONAL)
            .build();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    private final CelRuntime.Program program;
    private final Map<String, Integer> places;
    private final List<String> uses;
    private final Map<Features, Double> remembered = new HashMap<>();

    private RewardCode(CelRuntime.Program program, List<String> features, List<String> uses) {
        this.program = program;
        this.uses = uses;
        this.places = new HashMap<>();
        for (int i = 0; i < features.size(); i++) {
            places.put(features.get(i), i);
        }
    }

    /** Code that is none, or not of this language. */
    static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;
        private final String what;

        Unusable(int line, int column, String what) {
            super(what);
            this.line = line;
            this.column = column;
            this.what = what;
        }

        /** From 1. */
        int line() {
            return line;
        }

        /** From 1. */
        int column() {
            return column;
        }

        String what() {
            return what;
        }

        String placed() {
            return "line " + line + ", column " + column + ": " + what;
        }
    }

    /** The numbers of a step, equal when they are the same. */
    private record Features(double[] numbers) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Features same && Arrays.equals(numbers, same.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }

    /**
     * @param features the names that it may use
     * @throws Unusable with the place of the first thing that is wrong
     */
    static RewardCode read(String code, List<String> features) throws Unusable {
        if (code.length() > LONGEST) {
            throw new Unusable(1, LONGEST + 1, "it is longer than " + LONGEST + " characters");
        }
        if (code.isBlank()) {
            throw new Unusable(1, 1, "there is no code");
        }
        CelCompilerBuilder language = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(ImmutableList.of())
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(DECLARATIONS)
                .setResultType(SimpleType.DOUBLE);
        features.forEach(name -> language.addVar(name, SimpleType.DOUBLE));
        CelAbstractSyntaxTree tree = checked(language.build().compile(code), features);
        Set<String> uses = new TreeSet<>();
        walk(tree.getExpr(), uses);
        try {
            return new RewardCode(RUNTIME.createProgram(tree), features, List.copyOf(uses));
        } catch (CelEvaluationException e) {
            throw new Unusable(1, 1, words(e.getMessage()));
        }
    }

    private static CelAbstractSyntaxTree checked(CelValidationResult result, List<String> features) throws Unusable {
        for (CelIssue issue : result.getErrors()) {
            // CEL counts lines from 1 and columns from 0, and says -1 where it knows no place.
            throw new Unusable(
                    Math.max(1, issue.getSourceLocation().getLine()),
                    Math.max(0, issue.getSourceLocation().getColumn()) + 1,
                    explained(words(issue.getMessage()), features));
        }
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new Unusable(1, 1, words(e.getMessage()));
        }
    }

    /** What CEL says, with what to do about the two mistakes that are made most. */
    private static String explained(String says, List<String> features) {
        if (says.contains("undeclared reference")) {
            return says + "; the names are " + String.join(", ", features);
        }
        return says.contains("int") ? says + "; write numbers with a point, as 1.0" : says;
    }

    /** The first line, at most 300 characters. */
    private static String words(@Nullable String message) {
        String first =
                message == null ? "" : message.strip().lines().findFirst().orElse("");
        return first.isEmpty() ? "it is no expression" : first.substring(0, Math.min(300, first.length()));
    }

    /** Whatever the type check lets through, only these parts are performed. */
    private static void walk(CelExpr part, Set<String> uses) throws Unusable {
        switch (part.getKind()) {
            case CONSTANT -> {
                switch (part.constant().getKind()) {
                    case DOUBLE_VALUE, INT64_VALUE, BOOLEAN_VALUE -> {}
                    default -> throw new Unusable(1, 1, "it has a constant that is no number, true or false");
                }
            }
            case IDENT -> uses.add(part.ident().name());
            case CALL -> {
                CelExpr.CelCall call = part.call();
                if (!OPERATORS.contains(call.function()) || call.target().isPresent()) {
                    throw new Unusable(1, 1, "it calls '" + call.function() + "'; there are no functions");
                }
                for (CelExpr operand : call.args()) {
                    walk(operand, uses);
                }
            }
            default -> throw new Unusable(1, 1, "it has more than numbers, names and operators");
        }
    }

    /** The features that it reads, in the order of the alphabet. */
    List<String> uses() {
        return uses;
    }

    @Override
    public double of(double[] features) throws ConnectorException {
        Features key = new Features(features);
        Double known = remembered.get(key);
        if (known != null) {
            return known;
        }
        double worth = evaluate(features);
        if (remembered.size() < MOST_REMEMBERED) {
            remembered.put(key, worth);
        }
        return worth;
    }

    private double evaluate(double[] features) throws ConnectorException {
        Object worth;
        try {
            worth = program.eval(name -> Optional.ofNullable(places.get(name)).map(place -> features[place]));
        } catch (CelEvaluationException e) {
            throw failed(words(e.getMessage()), features);
        }
        if (!(worth instanceof Double number) || !(Math.abs(number) <= LARGEST)) {
            throw failed("it gives " + worth, features);
        }
        return number;
    }

    private ConnectorException failed(String why, double[] features) {
        StringBuilder step = new StringBuilder();
        uses.forEach(name -> step.append(step.isEmpty() ? "" : ", ")
                .append(name)
                .append(" is ")
                .append(features[places.getOrDefault(name, 0)]));
        return Check.bad(
                "the reward code fails in a step" + (step.isEmpty() ? "" : " where " + step) + ": " + why,
                "let it give a number from " + -LARGEST + " to " + LARGEST + " for every step");
    }
}
