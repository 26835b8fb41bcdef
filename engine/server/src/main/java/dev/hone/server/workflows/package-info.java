/** Workflows over HTTP: checked, edited, deployed, and looked at. */
@NullMarked
package dev.hone.server.workflows;

import org.jspecify.annotations.NullMarked;
