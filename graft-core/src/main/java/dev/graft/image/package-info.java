/**
 * Image files decoded, and what becomes of a decoded image on its way to the numbers that a backbone expects: kept,
 * resized, cropped, augmented. Sees the data room and the opening of files; which files there are, the reading room finds out.
 */
@NullMarked
package dev.graft.image;

import org.jspecify.annotations.NullMarked;
