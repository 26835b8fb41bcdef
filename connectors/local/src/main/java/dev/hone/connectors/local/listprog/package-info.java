/** LISTPROG: the micro-world of programs over short lists of digits, in which every answer can be checked by running it. */
@NullMarked
package dev.hone.connectors.local.listprog;

import org.jspecify.annotations.NullMarked;
