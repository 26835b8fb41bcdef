/**
 * Trains the in-process LISTPROG models with DJL and PyTorch on the CPU, as a program that makes the shipped weights and as a
 * trainer of workflows. Never on the class path of the core.
 */
@NullMarked
package dev.hone.connectors.train;

import org.jspecify.annotations.NullMarked;
