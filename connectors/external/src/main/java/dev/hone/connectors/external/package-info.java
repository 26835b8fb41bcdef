/**
 * The trainer {@code external}: trainings that run in a process of their own or behind an address. Which process or address
 * is the operator's word, in an environment variable; a workflow only names it.
 */
@NullMarked
package dev.hone.connectors.external;

import org.jspecify.annotations.NullMarked;
