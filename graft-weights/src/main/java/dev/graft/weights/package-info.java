/**
 * Named float32 tensors in Java memory and the files they come from: safetensors, read and written, and the atomic
 * writing of files and directories. Sees {@code dev.graft.error} and nothing else of ours; knows no tensor engine.
 */
@NullMarked
package dev.graft.weights;

import org.jspecify.annotations.NullMarked;
