/**
 * How files and directories are written: whole or not at all, by one process at a time, and never over what Graft did not
 * write. Every other room writes through this one. Sees {@code dev.graft.error} and nothing else of ours.
 */
@NullMarked
package dev.graft.storage;

import org.jspecify.annotations.NullMarked;
