/** Evaluations over HTTP: started, watched and read. */
@NullMarked
package dev.hone.server.evals;

import org.jspecify.annotations.NullMarked;
