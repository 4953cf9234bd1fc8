/**
 * Graft and its peers side by side. {@link dev.graft.benchmark.Benchmarks} is the command; each peer lives in a Java
 * process of its own, {@link dev.graft.benchmark.PeerProcess}, because native libraries of different engines do not share
 * one well. Sees all of Graft, and is seen by nothing.
 */
@NullMarked
package dev.graft.benchmark;

import org.jspecify.annotations.NullMarked;
