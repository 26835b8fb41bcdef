/** Trains the in-process LISTPROG models with DJL and PyTorch on the CPU. Never on the class path of the core. */
@NullMarked
package dev.hone.connectors.train;

import org.jspecify.annotations.NullMarked;
