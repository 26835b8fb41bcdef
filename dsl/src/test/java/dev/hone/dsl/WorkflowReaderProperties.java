package dev.hone.dsl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

/** Whatever the text, the answer is a workflow or a list of problems, soon. */
class WorkflowReaderProperties {

    private static final List<String> FILES = files();

    private static final List<String> WORDS = List.of(
            "hone: 1\n",
            "name: x\n",
            "flow:\n",
            "- ",
            "  ",
            "\n",
            "call: ",
            "{",
            "}",
            "[",
            "]",
            ",",
            ": ",
            "&a ",
            "*a",
            "!!str ",
            "|\n",
            ">\n",
            "\"",
            "'",
            "= ",
            "= n + 1",
            "1..n",
            "do:\n",
            "if: ",
            "map: ",
            "over: ",
            "loop: ",
            "id: ",
            "rules:\n",
            "?",
            "#",
            "\t",
            "---\n",
            "é",
            "𝒳",
            "null",
            "true",
            "12",
            "-",
            "%",
            "@",
            "`");

    private static final Pattern TOKENS = Pattern.compile("\\w+|\\s+|.", Pattern.DOTALL);

    @Property(tries = 2_500, edgeCases = EdgeCasesMode.NONE)
    void randomTexts(@ForAll("random") String text) {
        answers(text);
    }

    @Property(tries = 2_500, edgeCases = EdgeCasesMode.NONE)
    void mutatedFiles(@ForAll("mutated") String text) {
        answers(text);
    }

    @Property(tries = 2_500, edgeCases = EdgeCasesMode.NONE)
    void mutatedLines(@ForAll("lines") String text) {
        answers(text);
    }

    @Property(tries = 2_500, edgeCases = EdgeCasesMode.NONE)
    void mutatedTokens(@ForAll("tokens") String text) {
        answers(text);
    }

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
    void randomBytes(@ForAll("bytes") String text) {
        answers(text);
    }

    private static void answers(String text) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Answer.check(text));
    }

    @Provide
    Arbitrary<String> random() {
        return Arbitraries.of(WORDS).list().ofMaxSize(60).map(words -> String.join("", words));
    }

    /** A file with some of its stretches cut out, doubled, or replaced by a word. */
    @Provide
    Arbitrary<String> mutated() {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, 10_000);
        Arbitrary<Integer> length = Arbitraries.integers().between(0, 12);
        record Mutation(int at, int length, String word) {}
        return Combinators.combine(
                        Arbitraries.of(FILES),
                        Combinators.combine(place, length, Arbitraries.of(WORDS))
                                .as(Mutation::new)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(4))
                .as((file, mutations) -> {
                    String text = file;
                    for (Mutation mutation : mutations) {
                        int at = mutation.at() % (text.length() + 1);
                        int end = Math.min(text.length(), at + mutation.length());
                        text = text.substring(0, at) + mutation.word() + text.substring(end);
                    }
                    return text;
                });
    }

    @Provide
    Arbitrary<String> lines() {
        return pieces(file -> List.of(file.split("(?<=\n)")));
    }

    @Provide
    Arbitrary<String> tokens() {
        return pieces(
                file -> TOKENS.matcher(file).results().map(MatchResult::group).toList());
    }

    /** A file in which pieces are removed, doubled, swapped, or replaced by pieces of another file. */
    private static Arbitrary<String> pieces(Function<String, List<String>> split) {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, 10_000);
        record Mutation(int kind, int at, int other) {}
        return Combinators.combine(
                        Arbitraries.of(FILES),
                        Arbitraries.of(FILES),
                        Combinators.combine(Arbitraries.integers().between(0, 3), place, place)
                                .as(Mutation::new)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(6))
                .as((file, donor, mutations) -> {
                    List<String> pieces = new ArrayList<>(split.apply(file));
                    List<String> others = split.apply(donor);
                    for (Mutation mutation : mutations) {
                        int at = mutation.at() % pieces.size();
                        switch (mutation.kind()) {
                            case 0 -> pieces.set(at, "");
                            case 1 -> pieces.add(at, pieces.get(at));
                            case 2 -> Collections.swap(pieces, at, mutation.other() % pieces.size());
                            default -> pieces.set(at, others.get(mutation.other() % others.size()));
                        }
                    }
                    return String.join("", pieces);
                });
    }

    /** Bytes that are mostly no text, in the middle of a file. */
    @Provide
    Arbitrary<String> bytes() {
        return Combinators.combine(
                        Arbitraries.of(FILES),
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(40))
                .as((file, place, noise) -> {
                    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
                    int at = place % bytes.length;
                    System.arraycopy(noise, 0, bytes, at, Math.min(noise.length, bytes.length - at));
                    return new String(bytes, StandardCharsets.UTF_8);
                });
    }

    private static List<String> files() {
        try (Stream<Path> valid = Files.list(Path.of("src/test/resources/valid"))) {
            return valid.sorted()
                    .map(path -> {
                        try {
                            return Files.readString(path);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
