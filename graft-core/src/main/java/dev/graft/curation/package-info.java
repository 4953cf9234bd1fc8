/**
 * What to do about the data before more is learned from it: labels that are likely wrong, examples that are worth a label next, and
 * examples that are alike, all on frozen features. Changes no data.
 */
@NullMarked
package dev.graft.curation;

import org.jspecify.annotations.NullMarked;
