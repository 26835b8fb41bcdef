/** What an operator sees of a server from outside: health, metrics, traces and logs. */
@NullMarked
package dev.hone.server.watch;

import org.jspecify.annotations.NullMarked;
