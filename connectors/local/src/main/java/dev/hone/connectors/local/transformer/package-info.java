/**
 * A small transformer that reads the examples of a LISTPROG task and writes a program: its shape, its weights file and its
 * inference in plain Java.
 */
@NullMarked
package dev.hone.connectors.local.transformer;

import org.jspecify.annotations.NullMarked;
