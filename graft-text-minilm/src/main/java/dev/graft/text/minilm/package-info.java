/**
 * The weights and the tokeniser of {@code minilm-l6}, and nothing else. Sees the core's service that it is found by.
 */
@NullMarked
package dev.graft.text.minilm;

import org.jspecify.annotations.NullMarked;
