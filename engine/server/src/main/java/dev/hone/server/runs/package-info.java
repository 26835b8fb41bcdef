/** Runs over HTTP: started, watched, and steered. */
@NullMarked
package dev.hone.server.runs;

import org.jspecify.annotations.NullMarked;
