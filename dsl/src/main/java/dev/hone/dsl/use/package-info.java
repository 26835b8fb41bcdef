/** Makes one workflow of several: what {@code use} names takes the place of the word. */
@NullMarked
package dev.hone.dsl.use;

import org.jspecify.annotations.NullMarked;
