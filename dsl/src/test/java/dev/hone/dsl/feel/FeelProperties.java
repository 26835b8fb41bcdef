package dev.hone.dsl.feel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.feel.FeelTrees.Dialect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.jspecify.annotations.Nullable;

class FeelProperties {

    private static final Map<String, Object> NAMES =
            Map.of("a", 2, "b", List.of(1, 2, 3), "list", List.of(Map.of("a", 1), Map.of("b", 2)), "date", "x");

    private final FeelInterpreter interpreter = new FeelInterpreter();
    private final FeelEngineApi engine = PlainValue.engine();

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void whatIsPrintedIsReadAsTheSame(@ForAll("anywhere") Feel feel) throws FeelSyntaxException {
        assertThat(FeelReader.read(FeelText.print(feel))).isEqualTo(feel);
    }

    /** Our reader and feel-engine's, which is too slow for hostile texts, agree on what a text means. */
    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void feelEngineUnderstandsTheSame(@ForAll("standard") Feel feel) throws FeelFailure {
        String text = FeelText.print(feel);
        EvaluationResult theirs = engine.evaluateExpression(text, NAMES);
        assertThat(theirs.isFailure() ? String.valueOf(theirs.failure()) : "")
                .as(text)
                .doesNotContain("failed to parse");
        assertThat(rounded(ours(feel))).as(text).isEqualTo(rounded(theirs.isFailure() ? null : plain(theirs.result())));
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void anyTextIsReadOrRefused(@ForAll("texts") String text) {
        try {
            FeelNames.free(FeelReader.read(text));
        } catch (FeelSyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
        }
    }

    @Provide
    Arbitrary<Feel> anywhere() {
        return FeelTrees.trees(3, Dialect.HONE);
    }

    @Provide
    Arbitrary<Feel> standard() {
        return FeelTrees.trees(2, Dialect.FEEL);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a",
                        "1",
                        ".",
                        "..",
                        "(",
                        ")",
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        ":",
                        "if ",
                        " then ",
                        " else ",
                        "for ",
                        " in ",
                        " return ",
                        "count(",
                        "'",
                        "\"",
                        "`",
                        "\\",
                        "-",
                        "+",
                        "**",
                        " and ",
                        " between ",
                        "\n",
                        "/*",
                        "//",
                        "some ",
                        " satisfies ",
                        " instance of ",
                        "é",
                        "\u0000",
                        "𝒳")
                .list()
                .ofMaxSize(40)
                .map(words -> String.join("", words));
    }

    private @Nullable Object ours(Feel feel) {
        try {
            return interpreter.evaluate(feel, "x", NAMES);
        } catch (FeelFailure e) {
            return null;
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        try {
            return PlainValue.out(value);
        } catch (FeelFailure e) {
            return null;
        }
    }

    private static @Nullable Object rounded(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number.stripTrailingZeros();
            case List<?> list -> {
                List<@Nullable Object> all = new ArrayList<>();
                list.forEach(item -> all.add(rounded(item)));
                yield all;
            }
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> all = new LinkedHashMap<>();
                map.forEach((key, item) -> all.put(key, rounded(item)));
                yield all;
            }
            default -> value;
        };
    }
}
