/**
 * Tables of labelled examples as people have them: CSV with any separator, tab-separated lines, JSON lines, JSON arrays, in
 * whatever encoding, with whatever column names. What is guessed is told; what is no table is named. Sees errors and the
 * opening of files, and nothing else of ours.
 */
@NullMarked
package dev.graft.reading;

import org.jspecify.annotations.NullMarked;
