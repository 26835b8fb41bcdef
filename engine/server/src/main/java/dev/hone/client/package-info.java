/** Where the runs of a command are: with an engine in this process, or on a server that is asked over HTTP. */
@NullMarked
package dev.hone.client;

import org.jspecify.annotations.NullMarked;
