/**
 * The worked example: a network that reads digits learns to tell circles from squares. No engine type.
 */
@NullMarked
package dev.graft.demo;

import org.jspecify.annotations.NullMarked;
