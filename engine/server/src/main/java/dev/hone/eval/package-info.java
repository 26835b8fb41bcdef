/** Workflows held against their controls: the same tasks and seeds in every arm, judged after the end, and what that shows. */
@NullMarked
package dev.hone.eval;

import org.jspecify.annotations.NullMarked;
