package dev.hone.dsl;

import java.util.List;
import java.util.Set;

/** What may have effects when a fact of a kind comes up. */
public interface Reaction {

    String id();

    Rule.FactKind fact();

    /** The names that it speaks of. */
    Set<String> names();

    List<Rule.Effect> then();

    /** As a rule's. */
    String scope();

    Where where();
}
