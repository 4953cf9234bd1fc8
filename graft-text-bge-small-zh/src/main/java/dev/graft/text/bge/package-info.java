/**
 * The weights and the tokeniser of {@code bge-small-zh}, and nothing else. Sees the core's service that it is found by.
 */
@NullMarked
package dev.graft.text.bge;

import org.jspecify.annotations.NullMarked;
