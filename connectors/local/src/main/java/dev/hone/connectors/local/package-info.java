/** The models that run inside this process, and the tool that judges what they write. */
@NullMarked
package dev.hone.connectors.local;

import org.jspecify.annotations.NullMarked;
