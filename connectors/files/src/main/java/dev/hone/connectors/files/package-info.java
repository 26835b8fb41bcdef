/** Texts in directories that the operator names: {@code file-read}, {@code file-write} and {@code file-list}. */
@NullMarked
package dev.hone.connectors.files;

import org.jspecify.annotations.NullMarked;
