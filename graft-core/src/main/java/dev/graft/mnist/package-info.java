/** The MNIST digits: found, downloaded with a check of their digests, and read from IDX files. */
@NullMarked
package dev.graft.mnist;

import org.jspecify.annotations.NullMarked;
