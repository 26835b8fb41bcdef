package dev.hone.engine.rules;

import dev.hone.dsl.Rule;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Calls as effects, each at the place of the rule that makes the call.
 *
 * @param here where the rule is that fires at the moment
 */
record Flow(Supplier<Where> here, Consumer<Rule.Effect> effects) implements DrlText.Effects {

    private Workflow.Name name(String name) {
        return new Workflow.Name(name, here.get());
    }

    @Override
    public void exit(String target) {
        effects.accept(new Rule.Effect.Exit(name(target), here.get()));
    }

    @Override
    public void skip(String step) {
        effects.accept(new Rule.Effect.Skip(name(step), here.get()));
    }

    @Override
    public void goTo(String step) {
        effects.accept(new Rule.Effect.Goto(name(step), here.get()));
    }

    @Override
    public void accept(String artifact) {
        effects.accept(new Rule.Effect.Accept(name(artifact), here.get()));
    }

    @Override
    public void restart(String loop, String... keep) {
        effects.accept(new Rule.Effect.Restart(
                name(loop), Stream.of(keep).map(this::name).toList(), here.get()));
    }

    @Override
    public void resume(String step) {
        effects.accept(new Rule.Effect.Resume(name(step), here.get()));
    }

    @Override
    public void prune() {
        effects.accept(new Rule.Effect.Prune(here.get()));
    }

    @Override
    public void escalate(String step) {
        effects.accept(new Rule.Effect.Escalate(name(step), here.get()));
    }

    @Override
    public void rollback(String slot) {
        effects.accept(new Rule.Effect.Rollback(name(slot), here.get()));
    }

    @Override
    public void promote(String slot) {
        effects.accept(new Rule.Effect.Promote(name(slot), here.get()));
    }

    @Override
    public void quarantine() {
        effects.accept(new Rule.Effect.Quarantine(here.get()));
    }

    @Override
    public void pause(String reason) {
        effects.accept(new Rule.Effect.Pause(reason, here.get()));
    }

    @Override
    public void flag(String text) {
        effects.accept(new Rule.Effect.Flag(text, here.get()));
    }
}
