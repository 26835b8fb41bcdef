package dev.hone.dsl.feel;

import java.util.List;
import java.util.Map;
import org.camunda.feel.syntaxtree.Addition;
import org.camunda.feel.syntaxtree.ArithmeticNegation;
import org.camunda.feel.syntaxtree.Conjunction;
import org.camunda.feel.syntaxtree.ConstBool;
import org.camunda.feel.syntaxtree.ConstContext;
import org.camunda.feel.syntaxtree.ConstList;
import org.camunda.feel.syntaxtree.ConstNull$;
import org.camunda.feel.syntaxtree.ConstNumber;
import org.camunda.feel.syntaxtree.ConstString;
import org.camunda.feel.syntaxtree.Disjunction;
import org.camunda.feel.syntaxtree.Division;
import org.camunda.feel.syntaxtree.Equal;
import org.camunda.feel.syntaxtree.EveryItem;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.Exponentiation;
import org.camunda.feel.syntaxtree.Filter;
import org.camunda.feel.syntaxtree.For;
import org.camunda.feel.syntaxtree.FunctionInvocation;
import org.camunda.feel.syntaxtree.GreaterOrEqual;
import org.camunda.feel.syntaxtree.GreaterThan;
import org.camunda.feel.syntaxtree.If;
import org.camunda.feel.syntaxtree.InstanceOf;
import org.camunda.feel.syntaxtree.IterationContext;
import org.camunda.feel.syntaxtree.LessOrEqual;
import org.camunda.feel.syntaxtree.LessThan;
import org.camunda.feel.syntaxtree.Multiplication;
import org.camunda.feel.syntaxtree.Not;
import org.camunda.feel.syntaxtree.PathExpression;
import org.camunda.feel.syntaxtree.PositionalFunctionParameters;
import org.camunda.feel.syntaxtree.Ref;
import org.camunda.feel.syntaxtree.SomeItem;
import org.camunda.feel.syntaxtree.Subtraction;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** Our tree as feel-engine's. */
final class FeelLowering {

    private FeelLowering() {}

    static Exp lower(Feel feel) {
        return switch (feel) {
            case Feel.Null() -> ConstNull$.MODULE$;
            case Feel.Bool(boolean value) -> new ConstBool(value);
            case Feel.Num(var value) -> new ConstNumber(new scala.math.BigDecimal(value));
            case Feel.Text(String value) -> new ConstString(value);
            case Feel.Name(String name) -> reference(name);
            case Feel.Field(Feel of, String field) -> new PathExpression(lower(of), field);
            case Feel.Negate(Feel operand) -> new ArithmeticNegation(lower(operand));
            case Feel.Arithmetic(var operator, Feel left, Feel right) ->
                switch (operator) {
                    case ADD -> new Addition(lower(left), lower(right));
                    case SUBTRACT -> new Subtraction(lower(left), lower(right));
                    case MULTIPLY -> new Multiplication(lower(left), lower(right));
                    case DIVIDE -> new Division(lower(left), lower(right));
                    case POWER -> new Exponentiation(lower(left), lower(right));
                };
            case Feel.Compare(var operator, Feel left, Feel right) ->
                switch (operator) {
                    case EQUAL -> new Equal(lower(left), lower(right));
                    case NOT_EQUAL -> new Not(new Equal(lower(left), lower(right)));
                    case LESS -> new LessThan(lower(left), lower(right));
                    case LESS_OR_EQUAL -> new LessOrEqual(lower(left), lower(right));
                    case GREATER -> new GreaterThan(lower(left), lower(right));
                    case GREATER_OR_EQUAL -> new GreaterOrEqual(lower(left), lower(right));
                };
            case Feel.And(Feel left, Feel right) -> new Conjunction(lower(left), lower(right));
            case Feel.Or(Feel left, Feel right) -> new Disjunction(lower(left), lower(right));
            case Feel.Invoke(String function, List<Feel> arguments) -> invoke(function, arguments);
            case Feel.If(Feel condition, Feel then, Feel otherwise) ->
                new If(lower(condition), lower(then), lower(otherwise));
            case Feel.ListOf(List<Feel> items) -> new ConstList(lowerAll(items));
            case Feel.Context(Map<String, Feel> entries) -> new ConstContext(pairs(entries));
            case Feel.Range(Feel first, Feel last) -> range(lower(first), lower(last));
            case Feel.Filter(Feel list, Feel filter) -> new Filter(lower(list), lower(filter));
            case Feel.For(Map<String, Feel> iterators, Feel result) -> new For(pairs(iterators), lower(result));
            case Feel.Quantified(boolean every, Map<String, Feel> iterators, Feel condition) ->
                every
                        ? new EveryItem(pairs(iterators), lower(condition))
                        : new SomeItem(pairs(iterators), lower(condition));
            case Feel.Other(String construct, List<Feel> parts) -> other(construct, parts);
        };
    }

    private static Exp other(String construct, List<Feel> parts) {
        return construct.equals(Feel.Other.BETWEEN)
                ? between(lower(parts.get(0)), lower(parts.get(1)), lower(parts.get(2)))
                : new InstanceOf(lower(parts.getFirst()), construct.substring(Feel.Other.INSTANCE_OF.length()));
    }

    /** The value is bound to a name that no author can write, so that it is computed once. */
    private static Exp between(Exp value, Exp first, Exp last) {
        Exp bound = reference(" value");
        Exp both = new Conjunction(new GreaterOrEqual(bound, first), new LessOrEqual(bound, last));
        Exp one = new For(pair(" value", new ConstList(listOf(value))), both);
        return new Filter(one, new ConstNumber(scala.math.BigDecimal.decimal(1)));
    }

    /** feel-engine counts down when the last is less; ours is empty, so that a workflow with n = 0 maps over nothing. */
    private static Exp range(Exp first, Exp last) {
        Exp numbers = new For(pair("i", new IterationContext(first, last)), reference("i"));
        return new If(
                new LessThan(last, first),
                new ConstList(lowerAll(List.of())),
                new If(
                        new LessThan(
                                new Subtraction(last, first), new ConstNumber(scala.math.BigDecimal.decimal(RANGE))),
                        numbers,
                        new FunctionInvocation(TOO_LONG, new PositionalFunctionParameters(lowerAll(List.of())))));
    }

    /** Most numbers of {@code first..last}. */
    private static final long RANGE = 1_000_000;

    /** No function of this name exists: calling it is the failure. */
    private static final String TOO_LONG = "a range of so many numbers";

    private static Exp invoke(String function, List<Feel> arguments) {
        return new FunctionInvocation(function, new PositionalFunctionParameters(lowerAll(arguments)));
    }

    private static Exp reference(String name) {
        return new Ref(CollectionConverters.asScala(List.of(name)).toList());
    }

    private static scala.collection.immutable.List<Exp> lowerAll(List<Feel> parts) {
        return CollectionConverters.asScala(
                        parts.stream().map(FeelLowering::lower).toList())
                .toList();
    }

    private static scala.collection.immutable.List<Exp> listOf(Exp item) {
        return CollectionConverters.asScala(List.of(item)).toList();
    }

    private static scala.collection.immutable.List<Tuple2<String, Exp>> pair(String name, Exp list) {
        return CollectionConverters.asScala(List.of(new Tuple2<>(name, list))).toList();
    }

    private static scala.collection.immutable.List<Tuple2<String, Exp>> pairs(Map<String, Feel> named) {
        return CollectionConverters.asScala(named.entrySet().stream()
                        .map(e -> new Tuple2<String, Exp>(e.getKey(), lower(e.getValue())))
                        .toList())
                .toList();
    }
}
