/** Who calls, and what they may do. */
@NullMarked
package dev.hone.server.security;

import org.jspecify.annotations.NullMarked;
