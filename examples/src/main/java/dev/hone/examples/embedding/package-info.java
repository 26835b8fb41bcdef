/** Hone inside another program. */
@NullMarked
package dev.hone.examples.embedding;

import org.jspecify.annotations.NullMarked;
