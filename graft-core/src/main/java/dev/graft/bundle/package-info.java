/**
 * Networks as directories: written whole or not at all, and read back strictly. What belongs to no catalogue is described and built
 * again by its family.
 */
@NullMarked
package dev.graft.bundle;

import org.jspecify.annotations.NullMarked;
