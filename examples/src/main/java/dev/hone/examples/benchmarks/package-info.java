/** Programs that measure and print; nothing here asserts a time. */
@NullMarked
package dev.hone.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
