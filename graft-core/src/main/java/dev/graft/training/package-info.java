/**
 * The executor: runs any strategy's phases, with the frozen part cached and proved unmoved, checkpoints and exact
 * resume. Sees the engine room's own types, none of the engine's.
 */
@NullMarked
package dev.graft.training;

import org.jspecify.annotations.NullMarked;
