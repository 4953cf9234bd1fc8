/** Tests of the room of the same name. */
@NullMarked
package dev.graft.text;

import org.jspecify.annotations.NullMarked;
