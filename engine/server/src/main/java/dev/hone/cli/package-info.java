/** The {@code hone} command. What it prints and its exit codes are documented in {@code docs/cli.md}. */
@NullMarked
package dev.hone.cli;

import org.jspecify.annotations.NullMarked;
