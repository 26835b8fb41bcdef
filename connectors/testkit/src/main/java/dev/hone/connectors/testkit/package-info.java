/** What connector authors test with: the contract of every connector, and an OpenAI-compatible server on loopback. */
@NullMarked
package dev.hone.connectors.testkit;

import org.jspecify.annotations.NullMarked;
