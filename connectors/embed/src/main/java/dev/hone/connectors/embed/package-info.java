/** Turns texts into numbers in this process, such that similar texts have similar numbers. */
@NullMarked
package dev.hone.connectors.embed;

import org.jspecify.annotations.NullMarked;
