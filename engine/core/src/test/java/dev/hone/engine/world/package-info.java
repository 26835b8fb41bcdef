/** A small world for tests: models and tools behind the same contracts as real ones, whose every answer is known. */
@NullMarked
package dev.hone.engine.world;

import org.jspecify.annotations.NullMarked;
