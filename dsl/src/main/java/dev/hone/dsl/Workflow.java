package dev.hone.dsl;

import dev.hone.dsl.feel.FeelNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One parsed file. Immutable; maps keep the order of the file.
 *
 * @param name lower case words joined by {@code -}; the id of the compiled process
 * @param params named numbers, texts or booleans with defaults, which a caller may override
 * @param ruleFiles the files that have further rules, in the order of the file; once they are opened, those of DRL alone
 * @param use the catalogue's workflow that this file is, with its parts replaced; empty once that is done
 * @param result the pool whose best artifact the run returns; empty when the file has one pool or names none
 */
public record Workflow(
        String name,
        Map<String, Input> inputs,
        Map<String, Value> params,
        Map<String, Slot> slots,
        Map<String, Pool> pools,
        Map<String, Memory> memories,
        Map<String, PolicyUse> policies,
        Budget budget,
        List<Step> flow,
        List<Rule> rules,
        List<RuleFile> ruleFiles,
        Measure measure,
        List<Control> controls,
        Optional<Name> result,
        Optional<Reuse> use,
        Where where) {

    /** The same workflow with other rules. */
    public Workflow withRules(List<Rule> others, List<RuleFile> files) {
        return new Workflow(
                name,
                inputs,
                params,
                slots,
                pools,
                memories,
                policies,
                budget,
                flow,
                List.copyOf(others),
                List.copyOf(files),
                measure,
                controls,
                result,
                use,
                where);
    }

    /** All that may have effects: the rules, and what files of rules that cannot be looked into are allowed. */
    public Stream<Reaction> reactions() {
        return Stream.concat(rules.stream(), drl().flatMap(file -> file.may().stream()));
    }

    /** The files of rules that stay files. */
    public Stream<RuleFile.Drl> drl() {
        return ruleFiles.stream().filter(RuleFile.Drl.class::isInstance).map(RuleFile.Drl.class::cast);
    }

    /** Every step of the flow, at any depth, in the order of the file. */
    public Stream<Step> steps() {
        return flow.stream().flatMap(Step::all);
    }

    /**
     * What the caller gives.
     *
     * @param sealed whether only {@code measure} may read it
     */
    public record Input(String name, Type type, boolean sealed, Where where) {}

    /** A name that refers to something declared elsewhere in the file, with the place of the reference. */
    public record Name(String name, Where where) {}

    /**
     * Artifacts with parent, producer and score.
     *
     * @param score the scorer slot that scores every artifact when it enters
     * @param objectives what is compared besides: numbers over {@code item} and {@code score}, higher is better
     * @param cell the place of an artifact in a grid, over {@code item}: each cell keeps its best
     * @param capacity how many are kept; the worst goes first, of a queue the oldest
     * @param seed the artifacts that are there from the start
     */
    public record Pool(
            String name,
            Shape shape,
            Dedupe dedupe,
            Optional<Name> score,
            Map<String, Expression> objectives,
            Optional<Expression> cell,
            Optional<Expression> capacity,
            Optional<Expression> seed,
            Where where) {}

    public enum Shape {
        FLAT,
        TREE,
        POPULATION,
        GRID,
        PARETO,
        QUEUE
    }

    public enum Dedupe {
        NONE,
        EXACT
    }

    /**
     * Items that later steps, rounds or runs read.
     *
     * @param window how many items a recall gives, the latest; all when absent
     * @param capacity how many are kept; the oldest goes first
     * @param embed the embedder that finds similar items
     */
    public record Memory(
            String name,
            MemoryScope scope,
            Optional<Expression> window,
            Optional<Expression> capacity,
            Optional<Name> embed,
            Where where) {}

    public enum MemoryScope {
        /** Until the loop around it is restarted. */
        TRIAL,
        /** All runs of this workflow with the same inputs. */
        TASK,
        RUN,
        /** All runs of this workflow. */
        GLOBAL
    }

    /**
     * A policy and what it chooses among.
     *
     * @param over the pool it chooses from, when it does
     * @param arms the model slots or words it chooses from
     * @param features numbers that describe an artifact, over {@code item}
     * @param embed the embedder that describes artifacts, in the place of {@code features}
     */
    public record PolicyUse(
            String name,
            Name kind,
            Optional<Name> over,
            List<Name> arms,
            Optional<Expression> features,
            Optional<Name> embed,
            Map<String, Expression> settings,
            Where where) {}

    /** Another workflow, and what takes the place of its parts. */
    public record Reuse(Name workflow, Map<String, Value> with, Where where) {}

    /** Whether the budget, or that of a loop, is in money. */
    public boolean limitsMoney() {
        return budget.limits().containsKey(Resource.MONEY)
                || steps().anyMatch(step ->
                        step instanceof Step.Loop loop && loop.budget().containsKey(Resource.MONEY));
    }

    /** Most that a run may use, by resource; wall time in seconds. */
    public record Budget(Map<Resource, Expression> limits, Where where) {}

    public enum Resource {
        CALLS,
        TOKENS,
        MONEY,
        SECONDS,
        TRAININGS,
        QUESTIONS
    }

    /**
     * Sealed checks after the end of the run, and the columns a report shows.
     *
     * @param checks each a tool whose output never flows back
     */
    public record Measure(List<Check> checks, List<Name> report, Where where) {}

    /**
     * @param report the reported names, each an expression over {@code out}, the tool's output
     */
    public record Check(Name tool, Map<String, Value> in, Map<String, Expression> report, Where where) {

        /** The names that its tool's inputs are computed from. */
        public Set<String> reads() {
            return in.values().stream()
                    .flatMap(Value::expressions)
                    .flatMap(expression -> FeelNames.roots(expression.feel()).stream())
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** A placebo arm. */
    public record Control(Kind kind, Where where) {
        public enum Kind {
            SINGLE_SAMPLE,
            IID_SAME_BUDGET,
            SHUFFLED_FEEDBACK,
            CONSTANT_FEEDBACK,
            NO_MEMORY,
            LENGTH_ONLY
        }
    }
}
