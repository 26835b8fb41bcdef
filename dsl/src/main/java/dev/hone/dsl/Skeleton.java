package dev.hone.dsl;

import java.util.List;
import java.util.Optional;

/**
 * A commented workflow to begin with: the file {@code skeletons/NAME.yaml}, listed in {@code skeletons/index.txt}.
 *
 * @param text the whole file
 */
public record Skeleton(String name, String text) {

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

    /** What it is for: its first line, a comment. */
    public String title() {
        return text.lines().findFirst().orElseThrow().substring("# ".length());
    }
}
