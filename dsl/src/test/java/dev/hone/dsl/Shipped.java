package dev.hone.dsl;

import java.util.Map;
import java.util.Set;

/** What the tools and providers that come with Hone offer, as far as the texts that come with the language use it. */
final class Shipped {

    private static final Type TEXTS = new Type.ListOf(Type.TEXT);

    static final Vocabulary VOCABULARY = new Vocabulary(
            Map.of(
                    "syllables",
                    tool(
                            Map.of("text", Type.TEXT),
                            Set.of("text"),
                            Map.of(
                                    "lines",
                                    new Type.ListOf(Type.NUMBER),
                                    "haiku",
                                    Type.BOOLEAN,
                                    "pass",
                                    Type.BOOLEAN,
                                    "failed",
                                    TEXTS)),
                    "assert",
                    tool(
                            Map.of("checks", Type.ANY),
                            Set.of("checks"),
                            Map.of("pass", Type.BOOLEAN, "fraction", Type.NUMBER, "failed", TEXTS)),
                    "compute",
                    tool(Map.of("value", Type.ANY), Set.of("value"), Map.of("value", Type.ANY)),
                    "text-stats",
                    tool(
                            Map.of("text", Type.TEXT),
                            Set.of("text"),
                            Map.of("words", Type.NUMBER, "sentences", Type.NUMBER)),
                    "few-shot",
                    tool(
                            Map.of("data", Type.ANY, "most", Type.NUMBER),
                            Set.of("data"),
                            Map.of("value", new Type.ListOf(Type.ANY), "score", Type.NUMBER)),
                    "logistic",
                    tool(
                            Map.of("data", Type.ANY),
                            Set.of("data"),
                            Map.of("value", new Type.ListOf(Type.NUMBER), "score", Type.NUMBER))),
            Set.of("local", "ollama", "openai"),
            Map.of(
                    "ucb1",
                    new Vocabulary.PolicyKind(
                            Vocabulary.Over.ARMS, Set.of("score"), Map.of("c", new Vocabulary.Range(0, 100))),
                    "abmcts-a",
                    new Vocabulary.PolicyKind(Vocabulary.Over.TREE, Set.of("score"), Map.of()),
                    "dueling-ucb",
                    new Vocabulary.PolicyKind(Vocabulary.Over.POOL, Set.of("prefer"), Map.of())),
            Set.of("hashing"));

    private static Vocabulary.Tool tool(Map<String, Type> input, Set<String> required, Map<String, Type> output) {
        return new Vocabulary.Tool(input, required, new Type.Fields(output, false));
    }

    private Shipped() {}
}
