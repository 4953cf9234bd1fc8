/**
 * Short programs that use the library as its users do: one for each case, with a {@code main} unless a container runs it, and with a test that does. Sees what
 * the API promises, and nothing else of Graft.
 */
@NullMarked
package dev.graft.example;

import org.jspecify.annotations.NullMarked;
