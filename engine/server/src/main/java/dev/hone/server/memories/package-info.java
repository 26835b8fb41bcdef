/** What runs remember for other runs, over HTTP. */
@NullMarked
package dev.hone.server.memories;

import org.jspecify.annotations.NullMarked;
