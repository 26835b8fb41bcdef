/** What a tenant may run by name from outside: as a model, and as a tool. */
@NullMarked
package dev.hone.server.offer;

import org.jspecify.annotations.NullMarked;
