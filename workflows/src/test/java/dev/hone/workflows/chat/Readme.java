package dev.hone.workflows.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.workflows.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The changes that the README of a workflow shows, each a {@code diff} block.
 *
 * @param changes in their order
 */
record Readme(List<String> changes) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```diff\n(.*?)^```$");

    /** A hunk ends with an empty line, or where something is taken away after something was put there. */
    private static final Pattern HUNKS = Pattern.compile("\\n\\n|(?<=\\n\\+[^\\n]{0,300})\\n(?=-)");

    static Readme of(Catalogue.Entry workflow) {
        Matcher blocks = BLOCK.matcher(workflow.file("README.md").orElseThrow());
        List<String> changes = new ArrayList<>();
        while (blocks.find()) {
            changes.add(blocks.group(1));
        }
        return new Readme(List.copyOf(changes));
    }

    /** Only slots of models are other, a line for a line. */
    boolean changesModelsAlone() {
        return changes.getFirst().lines().allMatch(line -> line.matches("[-+]  \\w+: \\{kind: model, init: .*}"));
    }

    /** The text of a workflow with the first so many changes. Each of their hunks fits in one place alone. */
    String apply(String text, int changes) {
        String changed = text;
        for (String change : this.changes.subList(0, changes)) {
            for (String hunk : HUNKS.split(change)) {
                String old = lines(hunk, '-');
                assertThat(changed.split(Pattern.quote(old), -1))
                        .as("the file has this once:%n%s", old)
                        .hasSize(2);
                changed = changed.replace(old, lines(hunk, '+'));
            }
        }
        return changed;
    }

    /** Those that are there before, or after it. */
    private static String lines(String hunk, char kind) {
        return hunk.lines()
                .filter(line -> line.charAt(0) == ' ' || line.charAt(0) == kind)
                .map(line -> line.substring(1) + "\n")
                .collect(Collectors.joining());
    }
}
