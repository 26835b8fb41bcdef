/** HTTP to sites that the operator allows: {@code exec: {tool: http}}. */
@NullMarked
package dev.hone.connectors.http;

import org.jspecify.annotations.NullMarked;
