/**
 * The TIFF format by its tags: what the samples of a file mean is read from the file and never guessed, and what is not
 * understood is refused by name. Sees the data and the error rooms.
 */
@NullMarked
package dev.graft.image.tiff;

import org.jspecify.annotations.NullMarked;
