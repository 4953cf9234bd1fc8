/**
 * Labelled examples: where they come from, how they are split, and their digest. Sees no engine type.
 */
@NullMarked
package dev.graft.data;

import org.jspecify.annotations.NullMarked;
