/** A small follower of instructions: it understands them by the sentence embedding model, and does one of a few things. */
@NullMarked
package dev.hone.connectors.embed.follower;

import org.jspecify.annotations.NullMarked;
