/** The libraries that the command brings along: which they are, down to the byte, and what is known against them. */
@NullMarked
package dev.graft.dependencies;

import org.jspecify.annotations.NullMarked;
