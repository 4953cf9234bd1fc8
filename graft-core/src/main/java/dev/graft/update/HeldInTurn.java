package dev.graft.update;

import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.statistics.ClassStatistics;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** How far each example is from the classes of the others: fold by fold, by statistics that the fold is not in. */
final class HeldInTurn {
    private static final int FOLDS = 5;

    private HeldInTurn() {}

    /**
     * The distances of all examples, in their order. Each class is dealt to the folds in turn.
     *
     * @param rows (examples, features)
     * @param labels their classes
     * @param blocks the widths of the blocks of features that count the same
     * @return empty if the others of some fold do not differ
     */
    static List<Distance> distances(float[] rows, int[] labels, int classes, List<Integer> blocks) {
        int width = rows.length / labels.length;
        int[] folds = new int[labels.length];
        int[] next = new int[classes];
        for (int i = 0; i < folds.length; i++) {
            folds[i] = next[labels[i]]++ % FOLDS;
        }
        Distance[] found = new Distance[labels.length];
        for (int k = 0; k < FOLDS; k++) {
            int fold = k;
            int[] held = places(folds, i -> folds[i] == fold);
            int[] others = places(folds, i -> folds[i] != fold);
            if (held.length == 0) {
                continue;
            }
            ClassStatistics statistics = ClassStatistics.of(
                    ClassRecords.some(rows, width, others), width, ClassRecords.some(labels, others), classes);
            if (!statistics.varies()) {
                return List.of();
            }
            ClassDistances distances = ClassDistances.of(statistics, blocks, ClassDistances.SHRINKAGE);
            Arrays.stream(held).parallel().forEach(i -> found[i] = distances.of(rows, i * width));
        }
        return List.of(found);
    }

    private static int[] places(int[] folds, IntPredicate wanted) {
        return IntStream.range(0, folds.length).filter(wanted).toArray();
    }
}
