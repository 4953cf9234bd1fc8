/**
 * What a network keeps of its classes, made and kept up: classes added, taken out, and those of two networks put together, without the
 * examples that the network learned from.
 */
@NullMarked
package dev.graft.update;

import org.jspecify.annotations.NullMarked;
