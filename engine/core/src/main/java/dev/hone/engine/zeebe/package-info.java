/**
 * The connection to Zeebe, over gRPC, to the embedded broker or any other gateway with the same code. The only package that
 * knows Camunda's client; its surface is our own records.
 */
@NullMarked
package dev.hone.engine.zeebe;

import org.jspecify.annotations.NullMarked;
