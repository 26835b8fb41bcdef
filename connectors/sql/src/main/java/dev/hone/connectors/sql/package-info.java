/** Databases that the operator names: {@code exec: {tool: sql}} reads, {@code exec: {tool: sql-write}} changes. */
@NullMarked
package dev.hone.connectors.sql;

import org.jspecify.annotations.NullMarked;
