package dev.hone.dsl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The verbs. Every step has an id, unique in the file and stable: the author's {@code id}, else the name it defines, else
 * the verb, with {@code -2}, {@code -3} ... where that is taken, in the order of the file.
 */
public sealed interface Step {

    String id();

    Where where();

    /** The name under which later steps read what the step gives. */
    default Optional<Workflow.Name> gives() {
        return Optional.empty();
    }

    /** What the step's result tells the rules. */
    default Optional<Signal> signal() {
        return Optional.empty();
    }

    /** The pool that what the step gives enters. */
    default Optional<Entry> entry() {
        return Optional.empty();
    }

    /** The lists of steps inside this one. */
    default List<List<Step>> bodies() {
        return List.of();
    }

    /** The step itself and all steps inside of it, in the order of the file. */
    default Stream<Step> all() {
        return Stream.concat(
                Stream.of(this), bodies().stream().flatMap(List::stream).flatMap(Step::all));
    }

    /**
     * Asks a model.
     *
     * @param prompt what the message is; without it the inputs themselves are the message
     * @param reply the JSON object that the reply has to be
     */
    record Call(
            String id,
            Role role,
            Map<String, Value> in,
            Optional<Prompt> system,
            Optional<Prompt> prompt,
            Optional<Expression> images,
            Optional<Type.Fields> reply,
            Optional<Workflow.Name> out,
            Optional<Signal> as,
            Optional<Entry> into,
            Where where)
            implements Step {

        /** What the model is told, the system text before the message. */
        public List<Prompt> prompts() {
            return Stream.concat(system.stream(), prompt.stream()).toList();
        }

        @Override
        public Optional<Workflow.Name> gives() {
            return out;
        }

        @Override
        public Optional<Signal> signal() {
            return as;
        }

        @Override
        public Optional<Entry> entry() {
            return into;
        }
    }

    /** Which model slot is asked. */
    sealed interface Role {
        record Named(Workflow.Name slot) implements Role {}

        /** The name of a model slot, as a policy's choice gives it. */
        record Computed(Expression slot) implements Role {}
    }

    /** A template ({@code {{ name }}}) over the inputs of the call. */
    sealed interface Prompt {
        Where where();

        record Written(String template, Where where) implements Prompt {}

        /** A template that a slot or a policy holds. */
        record Computed(Expression template) implements Prompt {
            @Override
            public Where where() {
                return template.where();
            }
        }
    }

    /**
     * How what a step gives becomes an artifact of a pool.
     *
     * @param parent the artifact it was made from: its value or its id
     */
    record Entry(Workflow.Name pool, Optional<Expression> parent) {}

    /**
     * Runs a tool, or the tool that a slot holds.
     *
     * @param take what the step gives of the tool's output, over {@code out}; all of it when absent
     */
    record Exec(
            String id,
            Workflow.Name tool,
            Map<String, Value> in,
            Optional<Expression> take,
            Optional<Workflow.Name> out,
            Optional<Signal> as,
            Optional<Entry> into,
            Where where)
            implements Step {
        @Override
        public Optional<Workflow.Name> gives() {
            return out;
        }

        @Override
        public Optional<Signal> signal() {
            return as;
        }

        @Override
        public Optional<Entry> entry() {
            return into;
        }
    }

    /**
     * Asks a person.
     *
     * @param form what is asked of them
     * @param question one or two sentences for them
     * @param show what they look at, by name
     * @param shuffle whether the shown values come in an order that their places do not tell
     * @param timeout seconds after which {@code otherwise} happens; absent only where the budget's wall time ends the wait
     */
    record Human(
            String id,
            HumanForm form,
            Optional<String> question,
            Map<String, Value> show,
            boolean shuffle,
            Optional<Expression> timeout,
            Otherwise otherwise,
            Optional<Workflow.Name> out,
            Optional<Signal> as,
            Where where)
            implements Step {
        @Override
        public Optional<Workflow.Name> gives() {
            return out;
        }

        @Override
        public Optional<Signal> signal() {
            return as;
        }
    }

    enum HumanForm {
        /** A number: {@code {rating}}. */
        RATE,
        /** The better of two: {@code {choice: 1 or 2}}, as they are listed in {@code show}. */
        PAIR,
        /** The best of several: {@code {choice}}. */
        KWISE,
        /** What is wrong: {@code {text}}. */
        CORRECT,
        /** A better artifact: {@code {text}}. */
        IMPROVE,
        /** How it is done: {@code {text}}. */
        DEMONSTRATE,
        /** A word of the author's choice: {@code {label}}. */
        LABEL,
        /** {@code {approved, text}}. */
        APPROVE,
        /** The artifact as they would have it: {@code {text, changed}}. */
        EDIT,
        /** A message that may come at any time: {@code {text}}. */
        INTERRUPT
    }

    /** What happens when nobody answers in time. */
    sealed interface Otherwise {
        /** The step gives nothing. */
        record Skip() implements Otherwise {}

        /** The step gives nothing now; an answer that comes later is kept and told to the policy that waits for it. */
        record Defer() implements Otherwise {}

        /** A model answers in the person's place, and its answer says so. */
        record Surrogate(Workflow.Name slot) implements Otherwise {}
    }

    /** Asks a policy what to try next: {@code {trial, arm, node, value, picks, ...}}. */
    record Choose(String id, Workflow.Name policy, Map<String, Expression> numbers, Workflow.Name as, Where where)
            implements Step {
        @Override
        public Optional<Workflow.Name> gives() {
            return Optional.of(as);
        }
    }

    /** Tells a policy what came of a trial. */
    record Tell(
            String id,
            Workflow.Name policy,
            Expression trial,
            Lesson lesson,
            Optional<Expression> made,
            Optional<Expression> condition,
            Where where)
            implements Step {}

    /** What a policy is told. */
    sealed interface Lesson {
        Expression expression();

        /** One number. */
        record Score(Expression expression) implements Lesson {}

        /** One number for each objective. */
        record Scores(Expression expression) implements Lesson {}

        /** Which of the picks was better, from 1. */
        record Prefer(Expression expression) implements Lesson {}
    }

    /**
     * Reads a memory.
     *
     * @param like a text; the items most similar to it come first
     * @param top how many at most; the memory's window when absent
     */
    record Recall(
            String id,
            Workflow.Name from,
            Optional<Expression> like,
            Optional<Expression> top,
            Workflow.Name as,
            Where where)
            implements Step {
        @Override
        public Optional<Workflow.Name> gives() {
            return Optional.of(as);
        }
    }

    /**
     * Writes to a memory.
     *
     * @param item one item, or the items of a list when {@code many}
     * @param key what the item replaces: an earlier one of the same key
     */
    record Remember(
            String id,
            Workflow.Name into,
            Expression item,
            boolean many,
            Optional<Expression> key,
            Optional<Expression> condition,
            Where where)
            implements Step {}

    /**
     * Repeats the body for every element of a list, or of the product of several. What the body defines is, after the
     * map, the list of all its values.
     *
     * @param over the element names and their lists, in order; the last varies fastest
     * @param max the most elements, where the compiler cannot see it
     */
    record ForEach(
            String id,
            Map<String, Expression> over,
            boolean parallel,
            Optional<Expression> max,
            List<Step> body,
            Where where)
            implements Step {
        @Override
        public List<List<Step>> bodies() {
            return List.of(body);
        }
    }

    /**
     * Repeats the body until a rule or {@code until} stops it, at the latest after {@code max} rounds.
     *
     * @param max may be absent when the budget bounds the rounds
     * @param budget the most model calls, tokens and money of all its rounds; a call that does not fit ends the loop
     */
    record Loop(
            String id,
            Optional<Expression> max,
            Optional<Expression> until,
            Map<Workflow.Resource, Expression> budget,
            List<Step> body,
            Where where)
            implements Step {
        @Override
        public List<List<Step>> bodies() {
            return List.of(body);
        }
    }

    record If(String id, Expression condition, List<Step> then, List<Step> otherwise, Where where) implements Step {
        @Override
        public List<List<Step>> bodies() {
            return List.of(then, otherwise);
        }
    }

    /**
     * Many to few, or many to pairs.
     *
     * @param from a pool's name or a list
     * @param by over {@code item} (and {@code score}, in a pool): what {@code how} looks at
     * @param top how many; with a literal 1 the result is the item itself, otherwise a list
     */
    record Reduce(
            String id,
            Expression from,
            Reduction how,
            Optional<Expression> by,
            Map<String, Expression> objectives,
            Expression top,
            Workflow.Name as,
            Where where)
            implements Step {
        @Override
        public Optional<Workflow.Name> gives() {
            return Optional.of(as);
        }
    }

    /** The ways to reduce. */
    enum Reduction {
        /** The highest by {@code by}. */
        TOP,
        /** The most frequent by {@code by}; of equally frequent ones the first. */
        VOTE,
        /** Winners of a knockout, where {@code by} says whether {@code a} beats {@code b}. */
        KNOCKOUT,
        /** The first of each group with the same {@code by}. */
        CLUSTER,
        /** The mean of the numbers. */
        MEAN,
        /** The highest by the mean of the numbers that {@code by} gives, less their standard error. */
        PESSIMISTIC,
        /** Those that no other beats in every objective. */
        PARETO,
        /** Pairs {@code {chosen, rejected}}: the best with the worst. */
        PAIR_MAX_MIN,
        /** Pairs: the best with another, by chance. */
        PAIR_MAX_RANDOM,
        /** Pairs of neighbours, the latest first: what the present models really write. */
        PAIR_NEAR_ON_POLICY,
        /** The oldest; of a pool of shape queue, which then no longer has it. */
        OLDEST,
        /** By chance, seeded. */
        RANDOM
    }

    /**
     * Trains: a dataset and a trainer give a new version of a slot and a stream of measurements.
     *
     * @param trainer the tool that trains; its output's {@code value} is the slot's new value
     * @param data the dataset view, when the trainer takes one
     */
    record Train(
            String id,
            Workflow.Name trainer,
            Workflow.Name into,
            Optional<Dataset> data,
            Map<String, Value> in,
            Optional<Workflow.Name> out,
            Optional<Signal> as,
            Where where)
            implements Step {
        @Override
        public Optional<Workflow.Name> gives() {
            return out;
        }

        @Override
        public Optional<Signal> signal() {
            return as;
        }
    }

    /**
     * What a trainer learns from: the artifacts of a pool, the items of a memory, or a list, in the order made, with their
     * provenance; what a rule quarantined is never among them.
     *
     * @param keep whether an item is used, over {@code item} and {@code score}
     * @param example what the trainer is given of it
     * @param weight how much it counts; 1 when absent
     */
    record Dataset(
            Expression from,
            Optional<Expression> keep,
            Optional<Expression> example,
            Optional<Expression> weight,
            Where where) {}

    /** Changes the version of a slot. */
    record SetSlot(
            String id,
            Workflow.Name slot,
            SlotOperation operation,
            Optional<Expression> condition,
            Optional<Expression> score,
            Where where)
            implements Step {}

    sealed interface SlotOperation {
        /** A new version. */
        record Set(Expression to) implements SlotOperation {}

        /** The present version is the one to come back to. */
        record Promote() implements SlotOperation {}

        /** Back to the version promoted last, or to the first. */
        record Rollback() implements SlotOperation {}

        /** Back to the first version. */
        record Reset() implements SlotOperation {}

        /** {@code decay * present + (1 - decay) * toward}, number by number. */
        record Ema(Expression toward, Expression decay) implements SlotOperation {}

        /** {@code (1 - at) * present + at * with}, number by number. */
        record Interpolate(Expression with, Expression at) implements SlotOperation {}
    }

    /**
     * Runs another workflow as a part of this one.
     *
     * @param in its inputs
     * @param with what takes the place of its parameters and slots
     * @param out the name of its result
     * @param body its steps, their names and ids made this one's; empty before {@link dev.hone.dsl.use.Expansion}
     */
    record Use(
            String id,
            Workflow.Name workflow,
            Map<String, Value> in,
            Map<String, Value> with,
            Optional<Workflow.Name> out,
            List<Step> body,
            Where where)
            implements Step {
        @Override
        public List<List<Step>> bodies() {
            return List.of(body);
        }
    }

    /**
     * What a step's result means.
     *
     * @param of the artifact, step or slot that it is about
     * @param span the part of the artifact that it is about: first and last character, from 1
     * @param sealed whether only the measurement may see it
     * @param source who gave it
     * @param confidence between 0 and 1
     * @param delay seconds between what it is about and the signal
     */
    record Signal(
            SignalKind kind,
            Optional<Expression> of,
            Optional<Expression> span,
            boolean sealed,
            Optional<SignalSource> source,
            Optional<Expression> confidence,
            Optional<Expression> delay,
            Where where) {}

    enum SignalKind {
        VERDICT,
        SCORE,
        VECTOR,
        PREFERENCE,
        RANKING,
        CRITIQUE,
        CORRECTION,
        LABEL,
        TRACE
    }

    enum SignalSource {
        VERIFIER,
        MODEL,
        HUMAN,
        ENVIRONMENT,
        SELF,
        SURROGATE
    }
}
