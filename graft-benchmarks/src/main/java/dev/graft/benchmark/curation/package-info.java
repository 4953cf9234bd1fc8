/** How well wrong labels are found, and what a few well-chosen labels teach. */
@NullMarked
package dev.graft.benchmark.curation;

import org.jspecify.annotations.NullMarked;
