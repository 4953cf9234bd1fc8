/**
 * Trained networks in use: pictures, texts and items in, calibrated probabilities and evidence out. Holds native memory through the
 * engine, and knows no files.
 */
@NullMarked
package dev.graft.prediction;

import org.jspecify.annotations.NullMarked;
