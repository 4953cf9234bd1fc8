package dev.graft.cli;

/**
 * A picture of where a network looked.
 *
 * @param file where it lies
 * @param className the class whose evidence it shows: the most probable one, also where that is not sure enough
 * @param method how the evidence was computed
 */
record HeatMapFile(String file, String className, String method) {}
