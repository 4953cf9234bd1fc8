package dev.graft.result;

/**
 * What an experiment ran on.
 *
 * @param cpu the processor's name
 * @param threads the threads that the engine used
 * @param os the operating system and its architecture
 * @param java the Java version
 * @param engine the tensor engine and its version
 */
public record Hardware(String cpu, int threads, String os, String java, String engine) {}
