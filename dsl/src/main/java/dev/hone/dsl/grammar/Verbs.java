package dev.hone.dsl.grammar;

import dev.hone.dsl.Step;
import dev.hone.dsl.yaml.Yaml;
import java.util.List;
import java.util.Optional;

/** All verbs of the language. A further one is a class and a line here. */
final class Verbs {

    static final List<Verb> ALL = List.of(
            new CallVerb(),
            new ExecVerb(),
            new HumanVerb(),
            new MapVerb(),
            new LoopVerb(),
            new IfVerb(),
            new UseVerb(),
            new ReduceVerb(),
            new ChooseVerb(),
            new TellVerb(),
            new RecallVerb(),
            new RememberVerb(),
            new SlotVerb(),
            new TrainVerb());

    static final Form STEPS = new Form.Recursive("steps", () -> new Form.ListOf(new Form.OneVerb(ALL)));

    private Verbs() {}

    static Optional<Verb> verbOf(Fields step) {
        return ALL.stream().filter(verb -> step.has(verb.name())).findFirst();
    }

    static List<Step> readAll(List<Yaml> steps, StepIds ids) {
        return steps.stream()
                .map(step -> {
                    Verb verb = verbOf(Fields.of(step)).orElseThrow();
                    return verb.read(StepSource.of((Yaml.Fields) step, verb, ids));
                })
                .toList();
    }
}
