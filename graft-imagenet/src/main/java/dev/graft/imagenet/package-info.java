/**
 * The weights of EfficientNet-Lite0 as resources, and the service that hands them to the library. Sees the service's
 * interface in {@code dev.graft.bundle} and nothing else.
 */
@NullMarked
package dev.graft.imagenet;

import org.jspecify.annotations.NullMarked;
