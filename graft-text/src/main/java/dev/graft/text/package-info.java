/**
 * Transformers as networks of the core, and the weights that others published for them. Sees
 * the core and the tokenizer room, no engine type.
 */
@NullMarked
package dev.graft.text;

import org.jspecify.annotations.NullMarked;
