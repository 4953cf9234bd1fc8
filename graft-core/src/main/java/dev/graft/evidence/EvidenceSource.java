package dev.graft.evidence;

import dev.graft.engine.InferenceNetwork;

/** A way to find evidence in a network's input. Safe for use by several threads. */
interface EvidenceSource {
    /** Which one it is. */
    EvidenceMethod method();

    /**
     * Finds the evidence for a weighted sum of the network's outputs.
     *
     * @param input one example as it enters the network
     * @param outputs a weight for each output of the head
     * @throws dev.graft.error.ClosedException if the network is closed
     */
    Found find(InferenceNetwork network, float[] input, double[] outputs);

    /**
     * Evidence on a network's input.
     *
     * @param height rows
     * @param width columns
     * @param values (height, width), row by row
     * @param rest what belongs to no place
     * @param logit the weighted sum of the outputs
     * @param cells where the cells lie on the input
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Found(int height, int width, float[] values, double rest, double logit, InputCells cells) {}
}
