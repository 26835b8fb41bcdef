/** Language models in ONNX files, run in this process: {@code init: onnx/NAME}. */
@NullMarked
package dev.hone.connectors.onnx;

import org.jspecify.annotations.NullMarked;
