/**
 * A workflow becomes a program: BPMN with a diagram, rules, a spend certificate and a source map. Pure: the same text gives
 * the same bytes. Only {@link dev.hone.engine.compile.BpmnWriter} knows zeebe-bpmn-model.
 */
@NullMarked
package dev.hone.engine.compile;

import org.jspecify.annotations.NullMarked;
