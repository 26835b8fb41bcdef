/** YAML as far as the language uses it: texts, numbers, booleans, lists and mappings, each with its place. */
@NullMarked
package dev.hone.dsl.yaml;

import org.jspecify.annotations.NullMarked;
