/**
 * Short programs that use the library as its users do: one for each case, each with a {@code main} and a test that runs it. Sees what
 * the API promises, and nothing else of Graft.
 */
@NullMarked
package dev.graft.example;

import org.jspecify.annotations.NullMarked;
