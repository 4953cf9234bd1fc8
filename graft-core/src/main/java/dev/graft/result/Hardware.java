package dev.graft.result;

import org.jspecify.annotations.Nullable;

/**
 * What an experiment ran on, and how much of it.
 *
 * @param cpu the processor's name
 * @param threads the threads that the engine used
 * @param os the operating system and its architecture
 * @param java the Java version
 * @param engine the tensor engine and its version
 * @param peakMemoryBytes the most physical memory that the process held at once, Java's heap and the engine's memory
 *     together, until its results were put together; null where the system does not say
 */
public record Hardware(
        String cpu,
        int threads,
        String os,
        String java,
        String engine,
        @Nullable Long peakMemoryBytes) {
    /** A machine of which nobody said how much memory was held. */
    public Hardware(String cpu, int threads, String os, String java, String engine) {
        this(cpu, threads, os, java, engine, null);
    }
}
