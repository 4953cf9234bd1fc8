/** What a network knows of what it knows: unknown examples, sets of classes, and classes that are added later. */
@NullMarked
package dev.graft.benchmark.known;

import org.jspecify.annotations.NullMarked;
