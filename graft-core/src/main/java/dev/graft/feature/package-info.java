/**
 * Where a backbone is cut, how its output is pooled, and the cache that keeps what the frozen part computed. Rows of
 * plain numbers; no engine type.
 */
@NullMarked
package dev.graft.feature;

import org.jspecify.annotations.NullMarked;
