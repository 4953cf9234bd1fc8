/**
 * Trained networks as plain data: branches, head, classes, weights, where they come from, and how sure they may be. No files, no
 * engine.
 */
@NullMarked
package dev.graft.model;

import org.jspecify.annotations.NullMarked;
