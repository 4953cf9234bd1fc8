package dev.graft.spark;

import dev.graft.model.ClassRecord;
import dev.graft.model.Lineage;
import dev.graft.model.TransferModel;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassStatistics;
import dev.graft.update.ClassUpdate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discriminant analysis on any number of rows: one pass that sums up counts, means and scatter in whole numbers, and the library's own
 * discriminants on these. How strongly the covariance is shrunken, and when a row is none of the classes, is chosen on the sample.
 */
final class DiscriminantHead {
    private static final Logger LOG = LoggerFactory.getLogger(DiscriminantHead.class);
    private static final int HELD_OUT_OF = 5;
    private static final int MOST_HELD_OUT = 1000;
    private static final int FAN_IN = 16;

    private DiscriminantHead() {}

    /**
     * Fits.
     *
     * @param features rows of features and a label
     * @param featuresAt the place of the features
     * @param labelAt the place of the label
     */
    static TransferModel fit(
            SampledChoice choice, Dataset<Row> features, int featuresAt, int labelAt, LabelColumn labels) {
        int width = choice.width();
        int classes = labels.names().size();
        ExecutorMemory.ofTask().requireHeap(2 * FeatureSums.bytes(width, classes), "sums of " + width + " features");
        FeatureGrid grid = FeatureGrid.of(choice.rows(), width);
        FeatureSums sums = sum(features.javaRDD(), new Summation(grid, classes, featuresAt, labelAt, labels));
        if (sums.skipped() > 0) {
            LOG.warn("{} rows without features or a label were left out", sums.skipped());
        }
        if (sums.outside() > 0) {
            LOG.warn(
                    "{} of {} features lay far outside of what the sample had, and were brought in",
                    sums.outside(),
                    sums.rows() * width);
        }
        return head(
                choice, sums.statistics(), CutNetwork.lineage(choice.network().lineage(), sums.digest(), sums.rows()));
    }

    /** The discriminants of some statistics. */
    static TransferModel head(SampledChoice choice, ClassStatistics all, Lineage lineage) {
        TransferModel network = choice.network();
        int width = choice.width();
        int[] labels = choice.sample().labels();
        int every = Math.max(HELD_OUT_OF, labels.length / MOST_HELD_OUT);
        int[] held = places(labels.length, every, true);
        int[] rest = places(labels.length, every, false);
        ClassStatistics chosenBy =
                ClassStatistics.of(some(choice.rows(), width, rest), width, some(labels, rest), all.classes());
        boolean judged = chosenBy.varies();
        TransferModel recorded = network.withRecord(
                new ClassRecord(List.of(network.cut()), all, ClassDistances.SHRINKAGE, 1, null, null));
        return ClassUpdate.ofStatistics(
                recorded,
                judged ? chosenBy : all,
                all,
                judged ? some(choice.rows(), width, held) : new float[0],
                judged ? some(labels, held) : new int[0],
                lineage);
    }

    private static int[] places(int count, int every, boolean held) {
        return IntStream.range(0, count)
                .filter(i -> (i % every == every - 1) == held)
                .toArray();
    }

    private static float[] some(float[] rows, int width, int[] places) {
        float[] some = new float[places.length * width];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(rows, places[i] * width, some, i * width, width);
        }
        return some;
    }

    private static int[] some(int[] labels, int[] places) {
        return Arrays.stream(places).map(i -> labels[i]).toArray();
    }

    private static FeatureSums sum(JavaRDD<Row> rows, Summation summation) {
        // As many levels as keep what the driver gets to a few sums.
        int partitions = Math.max(1, rows.getNumPartitions());
        int depth = Math.max(2, (int) Math.ceil(Math.log(partitions) / Math.log(FAN_IN)));
        return rows.mapPartitions(summation).treeReduce(FeatureSums::plus, depth);
    }

    /** The sums of a partition. */
    private record Summation(FeatureGrid grid, int classes, int featuresAt, int labelAt, LabelColumn labels)
            implements FlatMapFunction<Iterator<Row>, FeatureSums> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<FeatureSums> call(Iterator<Row> rows) {
            ExecutorMemory memory = ExecutorMemory.ofTask();
            memory.requireHeap(FeatureSums.bytes(grid.width(), classes), "sums of " + grid.width() + " features");
            FeatureSums sums = new FeatureSums(grid, classes);
            while (rows.hasNext()) {
                Row row = rows.next();
                int label = labels.label(row, labelAt);
                if (label < 0 || row.isNullAt(featuresAt)) {
                    sums.skip();
                } else {
                    sums.add(row.<Vector>getAs(featuresAt).toArray(), label);
                }
            }
            return List.of(sums.complete()).iterator();
        }
    }
}
