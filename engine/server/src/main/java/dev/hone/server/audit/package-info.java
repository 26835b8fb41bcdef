/** Who changed what. */
@NullMarked
package dev.hone.server.audit;

import org.jspecify.annotations.NullMarked;
