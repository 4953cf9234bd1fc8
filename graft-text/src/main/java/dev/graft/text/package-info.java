/**
 * Transformers as networks of the core, the weights that others published for them, and labelled texts from files. Sees
 * the core and the tokenizer room, no engine type.
 */
@NullMarked
package dev.graft.text;

import org.jspecify.annotations.NullMarked;
