/**
 * What replaces the source task's classifier: heads, described as layers. No engine type.
 */
@NullMarked
package dev.graft.head;

import org.jspecify.annotations.NullMarked;
