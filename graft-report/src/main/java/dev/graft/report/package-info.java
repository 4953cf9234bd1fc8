/**
 * Writes what an experiment found as one self-contained page, as JSON and CSV, and as PNG figures. Sees result records
 * and pictures only; never a tensor.
 */
@NullMarked
package dev.graft.report;

import org.jspecify.annotations.NullMarked;
