package dev.hone.dsl;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A commented workflow to begin with: the file {@code skeletons/NAME.yaml}, listed in {@code skeletons/index.txt}.
 *
 * @param text the whole file
 */
public record Skeleton(String name, String text) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** In the order in which a newcomer would read them. */
    public static List<Skeleton> all() {
        return Resources.text("skeletons/index.txt")
                .lines()
                .map(name -> new Skeleton(name, Resources.text("skeletons/" + name + ".yaml")))
                .toList();
    }

    public static Optional<Skeleton> find(String name) {
        return all().stream().filter(skeleton -> skeleton.name().equals(name)).findFirst();
    }

    /** The text for a file of another name: the workflow is named after it, as far as a workflow can be. */
    public String in(String file) {
        String stem = file.replaceFirst("\\.[^.]*$", "");
        String named =
                NAME.matcher(stem).matches() ? text.replace("\nname: " + name + "\n", "\nname: " + stem + "\n") : text;
        return named.replace(name + ".yaml", file);
    }

    /** What it is for: its first line, a comment. */
    public String title() {
        return text.lines().findFirst().orElseThrow().substring("# ".length());
    }
}
