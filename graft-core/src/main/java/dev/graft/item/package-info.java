/**
 * Files of items with several parts: columns of pictures, texts, numbers and categories. Sees {@code data}, {@code image} and
 * the errors.
 */
@NullMarked
package dev.graft.item;

import org.jspecify.annotations.NullMarked;
