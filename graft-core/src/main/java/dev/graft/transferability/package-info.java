/**
 * How well a source model would suit a target task, estimated from its features or its outputs without training
 * anything. Plain Java; sees nothing of ours but errors.
 */
@NullMarked
package dev.graft.transferability;

import org.jspecify.annotations.NullMarked;
