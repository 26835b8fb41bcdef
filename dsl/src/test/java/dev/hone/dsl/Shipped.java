package dev.hone.dsl;

import java.util.Map;
import java.util.Set;

/** What the tools and providers that come with Hone offer, as far as the texts that come with the language use it. */
final class Shipped {

    static final Vocabulary VOCABULARY = new Vocabulary(
            Map.of(
                    "syllables",
                    new Vocabulary.Tool(
                            Map.of("text", Type.TEXT),
                            Set.of("text"),
                            new Type.Fields(
                                    Map.of(
                                            "lines",
                                            new Type.ListOf(Type.NUMBER),
                                            "haiku",
                                            Type.BOOLEAN,
                                            "pass",
                                            Type.BOOLEAN,
                                            "failed",
                                            new Type.ListOf(Type.TEXT)),
                                    false)),
                    "assert",
                    new Vocabulary.Tool(
                            Map.of("checks", Type.ANY),
                            Set.of("checks"),
                            new Type.Fields(
                                    Map.of(
                                            "pass", Type.BOOLEAN,
                                            "fraction", Type.NUMBER,
                                            "failed", new Type.ListOf(Type.TEXT)),
                                    false))),
            Set.of("local", "ollama", "openai"),
            Map.of(
                    "ucb1",
                    new Vocabulary.PolicyKind(
                            Vocabulary.Over.ARMS, Set.of("score"), Map.of("c", new Vocabulary.Range(0, 100)))),
            Set.of("hashing"));

    private Shipped() {}
}
