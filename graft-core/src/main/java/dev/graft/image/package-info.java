/**
 * From a decoded image to the numbers a backbone expects. Sees the data room, no engine type.
 */
@NullMarked
package dev.graft.image;

import org.jspecify.annotations.NullMarked;
