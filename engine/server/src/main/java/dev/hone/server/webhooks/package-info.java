/** Tells other programs of what happens, signed and at least once. */
@NullMarked
package dev.hone.server.webhooks;

import org.jspecify.annotations.NullMarked;
