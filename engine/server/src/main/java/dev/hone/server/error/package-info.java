/** Everything that can go wrong, as problem documents (RFC 9457). */
@NullMarked
package dev.hone.server.error;

import org.jspecify.annotations.NullMarked;
