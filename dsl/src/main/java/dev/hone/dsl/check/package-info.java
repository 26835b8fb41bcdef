/** What a well-formed file may still get wrong: one class a check, listed in {@link dev.hone.dsl.WorkflowChecks}. */
@NullMarked
package dev.hone.dsl.check;

import org.jspecify.annotations.NullMarked;
