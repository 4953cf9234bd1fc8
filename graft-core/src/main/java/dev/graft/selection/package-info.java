/**
 * Chooses how to transfer by looking at the data: which backbone, where to cut it, and whether to train it. No engine
 * type.
 */
@NullMarked
package dev.graft.selection;

import org.jspecify.annotations.NullMarked;
