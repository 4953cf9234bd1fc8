/**
 * Trained networks in a form that other programs run: ONNX. Reads networks as data; knows no engine. A layer becomes nodes in
 * {@code OnnxLayers}, so that a new layer has one place to be exported from.
 */
@NullMarked
package dev.graft.export;

import org.jspecify.annotations.NullMarked;
