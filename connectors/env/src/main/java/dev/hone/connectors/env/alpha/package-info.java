/** Putting words into alphabetical order: a task whose mistakes can be said in words that anybody reads. */
@NullMarked
package dev.hone.connectors.env.alpha;

import org.jspecify.annotations.NullMarked;
