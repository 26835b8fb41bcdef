/** The service: what the engine can do, over HTTP. {@link dev.hone.server.Server} starts and stops it. */
@NullMarked
package dev.hone.server;

import org.jspecify.annotations.NullMarked;
