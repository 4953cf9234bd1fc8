/**
 * Ways to transfer. A strategy is a list of phases, and a phase says where the frozen part ends; one executor runs them
 * all. A new strategy is one new file here. No engine type.
 */
@NullMarked
package dev.graft.strategy;

import org.jspecify.annotations.NullMarked;
