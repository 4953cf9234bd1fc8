/**
 * Strategies on one target task, one alone or several side by side: seeds, data-size curves, probes of every cut, and the verdict on negative
 * transfer with its evidence. No engine type.
 */
@NullMarked
package dev.graft.experiment;

import org.jspecify.annotations.NullMarked;
