/** Data with several labels, numbers and grades, made of public data sets of classes. */
@NullMarked
package dev.graft.benchmark.targets;

import org.jspecify.annotations.NullMarked;
