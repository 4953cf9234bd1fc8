/**
 * What drives weights downhill: loss, optimiser settings, learning-rate schedules, and the solver behind logistic
 * regression. Plain Java; no engine type.
 */
@NullMarked
package dev.graft.optimization;

import org.jspecify.annotations.NullMarked;
