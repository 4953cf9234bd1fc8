package dev.graft.curation;

import dev.graft.engine.EngineMatrix;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.LogisticSolver;
import dev.graft.optimization.LogisticSolver.Regression;
import dev.graft.optimization.LogisticSolver.Solution;
import java.util.List;
import java.util.stream.IntStream;

/** A logistic regression on the vectors of the examples that have a label, asked about all examples. */
final class LabeledHead {
    // For standardised rows whose expected squared length is 1: in the middle of what cross-validation chooses.
    private static final double PENALTY = 0.1;
    private static final int BLOCK = 1024;

    private LabeledHead() {}

    /** The probabilities of the classes, (examples, classes). */
    static float[][] probabilities(Embeddings examples, List<String> labels, List<String> classes) {
        int[] known = IntStream.range(0, labels.size())
                .filter(i -> !labels.get(i).isEmpty())
                .toArray();
        Solution head = LogisticSolver.solve(
                new Regression(
                        examples.vectors(known),
                        examples.width(),
                        IntStream.of(known)
                                .map(i -> classes.indexOf(labels.get(i)))
                                .toArray(),
                        classes.size(),
                        new float[0],
                        List.of(examples.width()),
                        PENALTY),
                EngineMatrix::of);
        float[][] probabilities = new float[examples.count()][];
        for (int from = 0; from < examples.count(); from += BLOCK) {
            int to = Math.min(examples.count(), from + BLOCK);
            float[] vectors = examples.vectors(from, to);
            for (int i = from; i < to; i++) {
                float[] logits = head.logits(vectors, (i - from) * examples.width());
                probabilities[i] = CrossEntropy.probabilities(logits, logits.length)[0];
            }
        }
        return probabilities;
    }
}
