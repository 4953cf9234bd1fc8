/**
 * Everything that is about the tensor engine (DJL with PyTorch): start-up, memory layout, threads, seeds, running
 * layers, gradients and optimiser updates. No other package imports an engine type, so that a second engine would touch
 * this room alone. Whatever holds native memory is closed by whoever made it.
 */
@NullMarked
package dev.graft.engine;

import org.jspecify.annotations.NullMarked;
