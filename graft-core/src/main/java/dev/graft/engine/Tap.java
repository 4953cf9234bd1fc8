package dev.graft.engine;

import dev.graft.feature.Pooling;

/**
 * A place where a network's activation is taken out.
 *
 * @param stage the stage whose output is taken
 * @param pooling how it becomes a vector
 */
public record Tap(String stage, Pooling pooling) {}
