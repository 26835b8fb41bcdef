/**
 * Small programs that play a role in the place of a language model, so that a workflow runs anywhere. They are no networks and
 * learn nothing: each says what it does and how often it errs, and all its chance comes from the seed of the call.
 */
@NullMarked
package dev.hone.connectors.env.player;

import org.jspecify.annotations.NullMarked;
