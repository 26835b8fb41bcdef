package dev.hone.dsl.edit;

import dev.hone.dsl.yaml.Yaml;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * An edit as it would be made, with what it is to have brought about.
 *
 * @param text the new text
 * @param tree what the new text is to say
 * @param comments the comments that the new text is to have, in any order
 * @param touched the ids of the steps that the edit is about; theirs may change
 * @param meaning whether the workflow means what it is to mean now, given the one before
 */
record Plan(String text, Yaml tree, List<String> comments, Set<String> touched, BiPredicate<Source, Source> meaning) {

    Plan(String text, Yaml tree, List<String> comments, Set<String> touched) {
        this(text, tree, comments, touched, (before, after) -> true);
    }
}
