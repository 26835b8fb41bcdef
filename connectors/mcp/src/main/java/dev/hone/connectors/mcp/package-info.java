/** Tools of servers of the Model Context Protocol: {@code exec: {tool: mcp}}. */
@NullMarked
package dev.hone.connectors.mcp;

import org.jspecify.annotations.NullMarked;
