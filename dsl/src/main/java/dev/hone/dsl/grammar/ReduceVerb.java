package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Step;
import dev.hone.dsl.feel.Feel;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

final class ReduceVerb implements Verb {

    @Override
    public String name() {
        return "reduce";
    }

    @Override
    public String says() {
        return "Makes few, or pairs, of many: keeps the best of a pool or a list, votes, pairs.";
    }

    @Override
    public Form form() {
        return new Form.Keyed(
                "'reduce'",
                List.of(
                        required("from", Form.FEEL, "The pool, by name, or a list."),
                        optional(
                                "how",
                                new Form.Word(Fields.words(Step.Reduction.class)),
                                "The way to reduce; 'top', the highest, when absent."),
                        optional(
                                "by",
                                Form.FEEL,
                                "What is looked at, over 'item': the number to sort by, highest first; without it a pool's own score."),
                        optional(
                                "objectives",
                                new Form.Mapping("a mapping of names to numbers", 1, Naming.FIELD, Form.FEEL),
                                "For 'pareto': what is compared, over 'item', higher is better."),
                        optional(
                                "top",
                                Form.FEEL,
                                "How many to keep; with 1, the result is the item itself. 1 when absent."),
                        required(
                                "as",
                                new Form.Named(Naming.VARIABLE),
                                "The name under which later steps read the result."),
                        ID));
    }

    @Override
    public Optional<String> idFrom() {
        return Optional.of("as");
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        return new Step.Reduce(
                step.id(),
                fields.expression("from"),
                fields.word("how", Step.Reduction.class).orElse(Step.Reduction.TOP),
                fields.optionalExpression("by"),
                fields.fields("objectives").expressions(),
                fields.optionalExpression("top").orElseGet(() -> one(step)),
                fields.name("as"),
                step.where());
    }

    private static Expression one(StepSource step) {
        return new Expression("1", new Feel.Num(BigDecimal.ONE), step.where());
    }
}
