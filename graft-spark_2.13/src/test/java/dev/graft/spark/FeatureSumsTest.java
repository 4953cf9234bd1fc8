package dev.graft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.statistics.ClassStatistics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureSumsTest {
    private static final int ROWS = 500;
    private static final int WIDTH = 23;
    private static final int CLASSES = 4;

    private final float[] rows = rows();
    private final int[] labels = labels();
    private final FeatureGrid grid = FeatureGrid.of(rows, WIDTH);

    @Test
    void sumsDoNotDependOnOrderOrPartitions() {
        String inOrder = sums(order(), 1).digest();
        for (int partitions : new int[] {1, 7, 64}) {
            List<Integer> shuffled = order();
            Collections.shuffle(shuffled, new Random(partitions));
            assertThat(sums(shuffled, partitions).digest()).isEqualTo(inOrder);
        }
    }

    @Test
    void statisticsAreThoseOfTheRows() {
        ClassStatistics summed = sums(order(), 7).statistics();
        ClassStatistics direct = ClassStatistics.of(rows, WIDTH, labels, CLASSES);
        assertThat(summed.counts()).isEqualTo(direct.counts());
        for (int i = 0; i < CLASSES * WIDTH; i++) {
            assertThat(summed.means()[i]).isCloseTo(direct.means()[i], within(1e-6f * size(i % WIDTH)));
        }
        for (int i = 0, place = 0; i < WIDTH; i++) {
            for (int j = i; j < WIDTH; j++, place++) {
                float bound = 1e-5f * ROWS * size(i) * size(j);
                assertThat(summed.scatter()[place]).isCloseTo(direct.scatter()[place], within(bound));
            }
        }
    }

    @Test
    void manyRowsOverflowNothing() {
        float[] two = {-1, 1};
        FeatureGrid small = FeatureGrid.of(two, 1);
        FeatureSums sums = new FeatureSums(small, 2);
        sums.add(new double[] {-1}, 0);
        sums.add(new double[] {1}, 1);
        sums.complete();
        // Doubled until there are 2^41 rows.
        FeatureSums all = sums;
        for (int i = 0; i < 40; i++) {
            all.plus(all);
        }
        ClassStatistics statistics = all.statistics();
        assertThat(statistics.counts()).containsExactly(1L << 40, 1L << 40);
        assertThat(statistics.means()).containsExactly(-1, 1);
        assertThat(statistics.scatter()[0]).isZero();
    }

    @Test
    void whatLiesFarOutsideIsBroughtInAndCounted() {
        FeatureSums sums = new FeatureSums(FeatureGrid.of(new float[] {-1, 1}, 1), 1);
        sums.add(new double[] {1e9}, 0);
        sums.add(new double[] {2}, 0);
        assertThat(sums.complete().outside()).isEqualTo(1);
        assertThat(sums.statistics().means()[0]).isLessThan(100);
    }

    @Test
    void aFeatureThatDoesNotVaryHasNoScatter() {
        float[] constant = {5.3f, 5.3f, 5.3f};
        FeatureSums sums = new FeatureSums(FeatureGrid.of(constant, 1), 1);
        for (float value : constant) {
            sums.add(new double[] {value}, 0);
        }
        ClassStatistics statistics = sums.complete().statistics();
        assertThat(statistics.means()[0]).isCloseTo(5.3f, within(1e-6f));
        assertThat(statistics.scatter()[0]).isZero();
    }

    /** Sums of some partitions of the rows, added up in an order of their own. */
    private FeatureSums sums(List<Integer> order, int partitions) {
        List<FeatureSums> parts = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            FeatureSums part = new FeatureSums(grid, CLASSES);
            for (int i = p; i < order.size(); i += partitions) {
                int row = order.get(i);
                double[] values = new double[WIDTH];
                for (int f = 0; f < WIDTH; f++) {
                    values[f] = rows[row * WIDTH + f];
                }
                part.add(values, labels[row]);
            }
            parts.add(part.complete());
        }
        Collections.shuffle(parts, new Random(partitions));
        FeatureSums all = new FeatureSums(grid, CLASSES);
        parts.forEach(all::plus);
        return all;
    }

    private static float size(int feature) {
        return (float) Math.pow(10, feature % 5 - 2);
    }

    private static float[] rows() {
        Random random = new Random(3);
        float[] rows = new float[ROWS * WIDTH];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) (size(i % WIDTH) * (1 + random.nextGaussian() + (i / WIDTH) % CLASSES));
        }
        return rows;
    }

    private static int[] labels() {
        int[] labels = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            labels[i] = i % CLASSES;
        }
        return labels;
    }

    private static List<Integer> order() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            order.add(i);
        }
        return order;
    }
}
