/** Tests of the room of the same name. */
@NullMarked
package dev.graft.tokenizer;

import org.jspecify.annotations.NullMarked;
