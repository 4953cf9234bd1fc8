package dev.graft.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.SettingsException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassStatisticsTest {
    private static final int WIDTH = 5;
    private static final int CLASSES = 3;

    private final Random random = new Random(3);

    @Test
    void statisticsOfPartsAddUpToThoseOfTheWhole() {
        float[] rows = rows(30);
        int[] labels = labels(30);
        ClassStatistics whole = ClassStatistics.of(rows, WIDTH, labels, CLASSES);

        ClassStatistics parts = ClassStatistics.of(new float[0], WIDTH, new int[0], CLASSES);
        for (int from : new int[] {20, 0, 10}) {
            parts = parts.plus(ClassStatistics.of(
                    Arrays.copyOfRange(rows, from * WIDTH, (from + 10) * WIDTH),
                    WIDTH,
                    Arrays.copyOfRange(labels, from, from + 10),
                    CLASSES));
        }

        assertThat(parts.counts()).isEqualTo(whole.counts());
        near(parts.means(), whole.means());
        near(parts.scatter(), whole.scatter());
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        ClassStatistics made = ClassStatistics.of(rows(20), WIDTH, labels(20), CLASSES);

        ClassStatistics read = ClassStatistics.of(made.counts(), made.means(), made.scatter());

        assertThat(read.means()).isEqualTo(made.means());
        assertThat(read.scatter()).isEqualTo(made.scatter());
        assertThat(read.examples()).isEqualTo(20);
    }

    @Test
    void chosenColumnsHaveTheStatisticsOfRowsOfThem() {
        float[] rows = rows(20);
        int[] labels = labels(20);
        float[] chosen = new float[20 * 3];
        for (int i = 0; i < 20; i++) {
            chosen[i * 3] = rows[i * WIDTH + 4];
            chosen[i * 3 + 1] = 0;
            chosen[i * 3 + 2] = rows[i * WIDTH + 1];
        }

        ClassStatistics found = ClassStatistics.of(rows, WIDTH, labels, CLASSES).withColumns(new int[] {4, -1, 1});

        ClassStatistics right = ClassStatistics.of(chosen, 3, labels, CLASSES);
        assertThat(found.counts()).isEqualTo(right.counts());
        near(found.means(), right.means());
        near(found.scatter(), right.scatter());
    }

    @Test
    void leftOutClassesLeaveTheCovarianceAsItWas() {
        ClassStatistics all = ClassStatistics.of(rows(30), WIDTH, labels(30), CLASSES);

        ClassStatistics some = all.withClasses(new int[] {2, -1, 0});

        assertThat(some.counts()).containsExactly(all.counts()[2], 0, all.counts()[0]);
        assertThat(some.mean(0, 1)).isEqualTo(all.mean(2, 1));
        assertThat(some.scatter(1, 3) / some.freedom()).isCloseTo(all.scatter(1, 3) / all.freedom(), within(1e-12));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        ClassStatistics one = ClassStatistics.of(rows(4), WIDTH, labels(4), CLASSES);
        ClassStatistics other = ClassStatistics.of(rows(4), WIDTH, labels(4), CLASSES + 1);

        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> one.plus(other));
        refused(new long[] {1, -1}, new float[2], new float[1]);
        refused(new long[] {1, 1}, new float[3], new float[1]);
        refused(new long[] {1, 1}, new float[2], new float[2]);
        refused(new long[] {1, 1}, new float[] {1, Float.NaN}, new float[1]);
        refused(new long[0], new float[0], new float[0]);
    }

    private static void refused(long[] counts, float[] means, float[] scatter) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> ClassStatistics.of(counts, means, scatter))
                .withMessageContaining("do not fit");
    }

    private static void near(float[] found, float[] right) {
        assertThat(found).hasSameSizeAs(right);
        for (int i = 0; i < right.length; i++) {
            assertThat(found[i]).isCloseTo(right[i], within(1e-4f));
        }
    }

    private float[] rows(int count) {
        float[] rows = new float[count * WIDTH];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) (5 + random.nextGaussian());
        }
        return rows;
    }

    private int[] labels(int count) {
        return random.ints(count, 0, CLASSES).toArray();
    }
}
