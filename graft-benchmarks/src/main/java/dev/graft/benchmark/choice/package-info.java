/** How well Graft chooses by itself: target tasks, sizes and seeds, each fixed strategy beside the automatic one. */
@NullMarked
package dev.graft.benchmark.choice;

import org.jspecify.annotations.NullMarked;
