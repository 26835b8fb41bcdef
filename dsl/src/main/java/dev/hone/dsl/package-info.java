/**
 * What the author meant: the workflow language as immutable records, its reader, its checks and its schema.
 *
 * <p>Pure: it imports java.*, the YAML parser and, in {@code dev.hone.dsl.feel} alone, the FEEL parser.
 */
@NullMarked
package dev.hone.dsl;

import org.jspecify.annotations.NullMarked;
