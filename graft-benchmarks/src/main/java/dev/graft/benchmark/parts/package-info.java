/**
 * The parts of Graft's works, one by one, for JMH: {@code ./graft-bench --jmh PATTERN}. They call the engine as
 * {@code dev.graft.engine} does, whose own classes are not public.
 */
@NullMarked
package dev.graft.benchmark.parts;

import org.jspecify.annotations.NullMarked;
