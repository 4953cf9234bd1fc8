package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import dev.graft.layer.ActivationShape;

/**
 * A batch where it enters a network.
 *
 * @param activation what the first layer takes
 * @param pass the run, which knows the lengths of sequences
 */
record Entry(NDArray activation, Pass pass) {
    /** Views rows as activations; of sequences no more than the batch's longest has. */
    static Entry of(NDArray rows, ActivationShape shape, Pass pass) {
        if (!shape.isSequence()) {
            return new Entry(Layouts.fromRows(rows, shape), pass);
        }
        float[] counts = rows.get(":, 0").toFloatArray();
        int[] lengths = new int[counts.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = (int) counts[i];
        }
        Sequences sequences = new Sequences(rows.getManager(), lengths);
        int width = shape.channels();
        int used = sequences.longest() * width;
        NDArray activation = rows.get(":, 1:" + (used + 1)).reshape(lengths.length, sequences.longest(), width);
        return new Entry(activation, pass.over(sequences));
    }

    /** The opposite: activations as rows, one after the other; of sequences the number of their tokens, and these alone. */
    float[] toRows(NDArray output, ActivationShape shape) {
        float[] values = Layouts.toRows(output).toFloatArray();
        if (!shape.isSequence()) {
            return values;
        }
        Sequences sequences = pass.sequences();
        int examples = Math.toIntExact(output.getShape().get(0));
        int width = shape.channels();
        int total = examples;
        for (int i = 0; i < examples; i++) {
            total += sequences.length(i) * width;
        }
        float[] rows = new float[total];
        int start = 0;
        for (int i = 0; i < examples; i++) {
            int length = sequences.length(i) * width;
            rows[start] = sequences.length(i);
            System.arraycopy(values, i * sequences.longest() * width, rows, start + 1, length);
            start += 1 + length;
        }
        return rows;
    }
}
