/** A workflow is a tool: a server of the Model Context Protocol. */
@NullMarked
package dev.hone.server.mcp;

import org.jspecify.annotations.NullMarked;
