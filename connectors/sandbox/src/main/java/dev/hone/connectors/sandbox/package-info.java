/**
 * Tools that run code which nobody has read: {@code python}, {@code command} and {@code unit-tests}.
 *
 * <p>The sandbox is a Linux process in namespaces of its own: no network, no files but its work directory and the programs
 * of the machine, no other processes, no rights; with limits on time, memory, processes, disk and output. A machine that cannot
 * make one refuses; nothing ever runs outside.
 */
@NullMarked
package dev.hone.connectors.sandbox;

import org.jspecify.annotations.NullMarked;
