/**
 * Environments: small worlds in which a workflow acts and sees what comes of it, and the trainer {@code q-learning}. They are
 * state machines without memory: the state goes out with each answer and comes back with the next call, and all chance comes
 * from a seed, so that the same seed gives the same episode everywhere.
 */
@NullMarked
package dev.hone.connectors.env;

import org.jspecify.annotations.NullMarked;
