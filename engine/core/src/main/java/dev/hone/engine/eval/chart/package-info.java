/** Line charts with bands: one model, drawn as SVG, as PNG and in a terminal. Pure: what is drawn is given back. */
@NullMarked
package dev.hone.engine.eval.chart;

import org.jspecify.annotations.NullMarked;
