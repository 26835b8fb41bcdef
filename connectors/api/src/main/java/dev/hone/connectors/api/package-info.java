/**
 * The contract between the engine and the outside world. It imports java.* alone, so that a connector is one small jar.
 *
 * <p>Two things can be provided: a {@link dev.hone.connectors.api.Connector} is one deterministic or side-effecting
 * operation (a tool of {@code exec}), a {@link dev.hone.connectors.api.ModelProvider} opens models (the roles of {@code
 * call}). Both are found through {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.hone.connectors.api;

import org.jspecify.annotations.NullMarked;
