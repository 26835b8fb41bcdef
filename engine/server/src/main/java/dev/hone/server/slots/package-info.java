/** The slots of workflows over HTTP: what they hold, and what is promoted. */
@NullMarked
package dev.hone.server.slots;

import org.jspecify.annotations.NullMarked;
