/** The Game of 24: its rules, tasks that can be solved, a tool that checks an attempt, and a player that draws one. */
@NullMarked
package dev.hone.connectors.local.game24;

import org.jspecify.annotations.NullMarked;
