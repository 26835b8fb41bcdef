/**
 * What to try next: search and bandit policies as pure functions over explicit states. A policy is asked for a choice, told
 * what came of it, late or out of order, and recommends; randomness is passed in.
 */
@NullMarked
package dev.hone.engine.policy;

import org.jspecify.annotations.NullMarked;
