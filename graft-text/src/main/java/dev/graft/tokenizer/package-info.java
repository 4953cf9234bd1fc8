/**
 * Tokenisers: the only room that imports the tokeniser's native binding, and what keeps that from files which end a process.
 * Sees the rooms of data, errors and files, and no engine type.
 */
@NullMarked
package dev.graft.tokenizer;

import org.jspecify.annotations.NullMarked;
