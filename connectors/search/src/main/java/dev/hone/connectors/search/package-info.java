/** Texts on the disk, found by their words: {@code exec: {tool: search}}. */
@NullMarked
package dev.hone.connectors.search;

import org.jspecify.annotations.NullMarked;
