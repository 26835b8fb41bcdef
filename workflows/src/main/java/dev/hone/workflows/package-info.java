/** The workflows that come with Hone, as resources: one folder per workflow. */
@NullMarked
package dev.hone.workflows;

import org.jspecify.annotations.NullMarked;
