@NullMarked
package dev.hone.dsl;

import org.jspecify.annotations.NullMarked;
