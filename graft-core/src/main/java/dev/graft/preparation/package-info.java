/**
 * What turns an example into a network's input: tokens of texts, counted words, scaled numbers, coded categories. How pictures are
 * prepared is in the room of images.
 */
@NullMarked
package dev.graft.preparation;

import org.jspecify.annotations.NullMarked;
