package dev.hone.dsl.edit;

import dev.hone.dsl.Problem;
import java.util.List;

/** What comes of an edit. */
public sealed interface Edited {

    /**
     * @param text the whole new text
     * @param from where the old text was changed: before it the new text is the same
     * @param to the end of the change in the old text: after it the new text is the same
     */
    record Done(String text, int from, int to) implements Edited {}

    /** @param problems at least one; the text stays as it is */
    record Refused(List<Problem> problems) implements Edited {}
}
