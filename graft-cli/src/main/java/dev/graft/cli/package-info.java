/**
 * The {@code graft} command: options in, library calls out. Holds no logic of its own beyond the conversation with the
 * user; the only package that may print, and the only one that may end the process. Sees every other package, but
 * no engine type.
 */
@NullMarked
package dev.graft.cli;

import org.jspecify.annotations.NullMarked;
