/**
 * Classes that are taught example by example: the frozen features of each example are computed once, when it comes, and the head is solved
 * anew on all of them whenever something has changed.
 */
@NullMarked
package dev.graft.teaching;

import org.jspecify.annotations.NullMarked;
