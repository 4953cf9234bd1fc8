/**
 * Readers of files under any bytes at all, what they share, and where their first inputs come from. May see everything of
 * ours; readers that are not public have their tests in packages of their own names.
 */
@NullMarked
package dev.graft.fuzzing;

import org.jspecify.annotations.NullMarked;
