/** FEEL, the expression language of DMN: parsed by feel-engine, seen by the rest of Hone as a small sealed tree. */
@NullMarked
package dev.hone.dsl.feel;

import org.jspecify.annotations.NullMarked;
