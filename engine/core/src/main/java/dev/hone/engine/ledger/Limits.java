package dev.hone.engine.ledger;

import java.util.OptionalLong;

/**
 * The most that a run may spend.
 *
 * @param microUsd millionths of a US dollar
 */
public record Limits(OptionalLong calls, OptionalLong tokens, OptionalLong microUsd) {

    public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
}
