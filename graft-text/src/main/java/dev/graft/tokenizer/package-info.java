/**
 * Tokenisers: the only room that imports the tokeniser's native binding. Sees the data room and no engine type.
 */
@NullMarked
package dev.graft.tokenizer;

import org.jspecify.annotations.NullMarked;
