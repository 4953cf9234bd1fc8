package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Problem;

/** The examples of each class, shuffled: what every stratified choice starts from. */
final class ClassIndexes {
    private ClassIndexes() {}

    static int[] labels(LabeledExamples data) {
        int[] labels = new int[data.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = data.label(i);
        }
        return labels;
    }

    /**
     * The indexes of each class's examples, in an order that the seed chooses.
     *
     * @throws DataException if a label is outside [0, classes)
     */
    static int[][] shuffled(int[] labels, int classes, SplitMix64 random) {
        int[] counts = new int[classes];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new DataException(Problem.of("A label is not one of the classes.")
                        .where("example " + i)
                        .expected("a label from 0 to " + (classes - 1))
                        .found(labels[i]));
            }
            counts[labels[i]]++;
        }
        int[][] indexes = new int[classes][];
        for (int label = 0; label < classes; label++) {
            indexes[label] = new int[counts[label]];
        }
        int[] filled = new int[classes];
        for (int i = 0; i < labels.length; i++) {
            indexes[labels[i]][filled[labels[i]]++] = i;
        }
        for (int[] ofClass : indexes) {
            random.shuffle(ofClass);
        }
        return indexes;
    }
}
