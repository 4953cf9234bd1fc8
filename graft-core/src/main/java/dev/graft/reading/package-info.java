/**
 * Labelled examples as people have them: folders of images, lists of files, and tables, which are CSV with any separator,
 * tab-separated lines, JSON lines or JSON arrays, in whatever encoding, with whatever column names. What is guessed is
 * told; what is no table is named. Sees the data and image rooms, errors, the opening of files, and nothing else of ours.
 */
@NullMarked
package dev.graft.reading;

import org.jspecify.annotations.NullMarked;
