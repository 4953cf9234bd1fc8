/** Whether {@code graft fit --budget} keeps to its budget: whole processes, beside another program that keeps a core busy. */
@NullMarked
package dev.graft.benchmark.budget;

import org.jspecify.annotations.NullMarked;
