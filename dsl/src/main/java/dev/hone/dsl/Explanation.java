package dev.hone.dsl;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a problem code means, for somebody who met it: the file {@code explain/CODE.md}.
 *
 * @param title one sentence
 * @param reason why it is a problem, and what to do
 * @param example none for what only a run can meet
 */
public record Explanation(ProblemCode code, String title, String reason, Optional<Example> example) {

    /** Two whole workflows: one that has the problem, and the same repaired. */
    public record Example(String wrong, String right) {}

    private static final Pattern FORM = Pattern.compile(
            "# (?<title>[^\n]+)\n\n(?<reason>.+?)\n"
                    + "(\nWrong:\n\n```yaml\n(?<wrong>.+?)```\n\nRight:\n\n```yaml\n(?<right>.+?)```\n)?",
            Pattern.DOTALL);

    public static Explanation of(ProblemCode code) {
        String name = resource(code);
        Matcher text = FORM.matcher(Resources.text(name));
        if (!text.matches()) {
            throw new IllegalStateException(
                    name + " has not the form: # title, reason, and perhaps Wrong and Right with a yaml block each");
        }
        String wrong = text.group("wrong");
        return new Explanation(
                code,
                text.group("title"),
                text.group("reason"),
                wrong == null ? Optional.empty() : Optional.of(new Example(wrong, text.group("right"))));
    }

    /** In the order of the codes. */
    public static List<Explanation> all() {
        return Arrays.stream(ProblemCode.values()).map(Explanation::of).toList();
    }

    static String resource(ProblemCode code) {
        return "explain/" + code + ".md";
    }
}
