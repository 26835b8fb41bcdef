/** What connectors share: the operator's settings, calls that end in time, and what HTTP's answers mean. */
@NullMarked
package dev.hone.connectors.common;

import org.jspecify.annotations.NullMarked;
