/** Which models can be asked, and what one call of them takes. */
@NullMarked
package dev.hone.models;

import org.jspecify.annotations.NullMarked;
