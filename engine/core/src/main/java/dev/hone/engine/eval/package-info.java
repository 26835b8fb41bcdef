/**
 * What measured runs show: intervals, tests and curves as pure functions of numbers, and the charts that draw them. Chance
 * enters by seeds; nothing is read or written.
 */
@NullMarked
package dev.hone.engine.eval;

import org.jspecify.annotations.NullMarked;
