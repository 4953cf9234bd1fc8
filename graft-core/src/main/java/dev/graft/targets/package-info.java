/**
 * What is to be told of an example: one class, a grade, several labels or numbers. A kind of target brings its names, how many values an
 * entry has and how many outputs a network makes for it; what losses, heads, measures and answers make of it stands in {@code
 * optimization}, {@code evaluation} and {@code prediction}. Sees nothing else of ours.
 */
@NullMarked
package dev.graft.targets;

import org.jspecify.annotations.NullMarked;
