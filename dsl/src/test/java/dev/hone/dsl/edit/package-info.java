@NullMarked
package dev.hone.dsl.edit;

import org.jspecify.annotations.NullMarked;
