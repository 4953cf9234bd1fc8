/**
 * Where in a picture a network found what it says: maps of evidence, and their pictures. Sees networks as data, and runs them
 * through the {@code engine} package.
 */
@NullMarked
package dev.graft.evidence;

import org.jspecify.annotations.NullMarked;
