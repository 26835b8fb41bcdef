/** What runs ask people, over HTTP. */
@NullMarked
package dev.hone.server.tasks;

import org.jspecify.annotations.NullMarked;
