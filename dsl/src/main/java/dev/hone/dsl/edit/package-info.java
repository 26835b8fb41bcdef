/**
 * Commands that change a workflow's text: they cut and insert, never print anew, and prove what came of it.
 * {@link dev.hone.dsl.edit.Edits} is the entrance.
 */
@NullMarked
package dev.hone.dsl.edit;

import org.jspecify.annotations.NullMarked;
