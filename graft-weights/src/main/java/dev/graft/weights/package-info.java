/**
 * Named float32 tensors in Java memory and the files they come from: safetensors, read and written, ONNX and
 * Keras HDF5, read only. Sees {@code dev.graft.error} and {@code dev.graft.storage}, and knows no tensor engine.
 */
@NullMarked
package dev.graft.weights;

import org.jspecify.annotations.NullMarked;
