package dev.hone.engine.policy;

/** What a policy chooses among. */
public enum Over {
    ARMS,
    POOL,
    TREE,
    NOTHING
}
