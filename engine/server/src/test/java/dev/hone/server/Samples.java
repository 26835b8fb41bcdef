package dev.hone.server;

import java.util.Map;

/** Workflows that run in moments, by programs in the place of models. */
public final class Samples {

    /** Says a number and the step of its slot more; right with a step of 1. */
    public static final String SHIFT = """
            hone: 1
            name: shift
            input: {n: number, hidden: {type: number, sealed: true}}
            slots: {step: {kind: threshold, init: 0}}
            pools: {answers: {shape: flat}}
            budget: {calls: 0}
            flow:
              - exec: {id: guess, tool: compute, in: {value: "= n + slot.step"}, take: "= string(out.value)", out: answer, into: answers}
            measure:
              sealed:
                - exec: {tool: assert, in: {checks: {right: "= result = string(hidden)"}}}
                  report: {solved: "= out.pass"}
              report: [solved]
            """;

    /** Its runs wait for a person, for an hour. */
    public static final String PATIENT = """
            hone: 1
            name: patient
            input: {n: number}
            pools: {said: {shape: flat}}
            budget: {human: 1, time: PT2H}
            flow:
              - human: {id: sure, form: approve, question: Shall we?, show: {n: "= n"}, timeout: PT1H, else: defer, out: approved}
              - exec: {id: keep, tool: compute, in: {value: "= n"}, take: "= out.value", out: kept, into: said}
            measure:
              sealed:
                - exec: {tool: compute, in: {value: "= result"}}
                  report: {value: "= out.value"}
              report: [value]
            """;

    /** Ends by itself after one call. */
    public static final String HAIKU = """
            hone: 1
            name: haiku
            input: {voice: text}
            slots: {writer: {kind: model, init: player/writer}}
            pools: {drafts: {}}
            budget: {calls: 3}
            flow:
              - call: {role: writer, in: {instruction: A., voice: "= voice"}, out: text, into: drafts}
            """;

    /** Waits until a person approves, then ends. */
    public static final String GATE = """
            hone: 1
            name: gate
            slots: {writer: {kind: model, init: player/writer}}
            pools: {drafts: {}}
            budget: {calls: 3, human: 1, time: PT24H}
            flow:
              - call: {role: writer, in: {instruction: A., voice: "= \\"plain\\""}, out: text, into: drafts}
              - human: {id: verdict, form: approve, question: Good enough?, show: {text: "= text"}, out: approval}
            """;

    /** A loop whose rule ends it in the second round. */
    public static final String ROUNDS = """
            hone: 1
            name: rounds
            params: {most: 4, enough: 2}
            slots: {writer: {kind: model, init: player/writer}}
            pools: {drafts: {}}
            budget: {calls: 8}
            flow:
              - loop: {id: turns, max: "= most"}
                do:
                  - call: {role: writer, in: {instruction: A., voice: "= \\"terse\\""}, out: text, into: drafts}
            rules:
              - {id: enough, fact: loop, when: "round >= enough", then: {exit: turns}}
            """;

    public static final Map<String, Object> PLAIN = Map.of("voice", "plain");

    private Samples() {}
}
