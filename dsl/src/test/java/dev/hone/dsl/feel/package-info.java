@NullMarked
package dev.hone.dsl.feel;

import org.jspecify.annotations.NullMarked;
