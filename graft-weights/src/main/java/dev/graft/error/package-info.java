/**
 * The one family of exceptions that Graft throws at its users, and the shape of their messages. Sees nothing else.
 */
@NullMarked
package dev.graft.error;

import org.jspecify.annotations.NullMarked;
