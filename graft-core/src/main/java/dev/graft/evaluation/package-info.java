/**
 * Metrics, intervals and paired comparisons: numbers in, result records out. Sees the {@code result} package and no
 * engine type.
 */
@NullMarked
package dev.graft.evaluation;

import org.jspecify.annotations.NullMarked;
