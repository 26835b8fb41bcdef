/** Deterministic tools that every workflow may call. They need no sandbox: they read their input and nothing else. */
@NullMarked
package dev.hone.connectors.exec;

import org.jspecify.annotations.NullMarked;
