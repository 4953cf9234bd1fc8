package dev.graft.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.StorageException;
import dev.graft.feature.FeatureCache.Filler;
import dev.graft.feature.FeatureCache.Wanted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {
    private static final int COUNT = 10;
    private static final Wanted NARROW = new Wanted(new FeatureKey("w", "conv1", "mean", "p", "d"), 3);
    private static final Wanted WIDE = new Wanted(new FeatureKey("w", "conv2", "none", "p", "d"), 50);
    private static final long ENOUGH = 1 << 20;

    @TempDir
    private Path folder = Path.of("");

    private final List<List<FeatureKey>> passes = new ArrayList<>();
    private final Filler filler = (missing, sink) -> {
        passes.add(missing);
        // Two rows at a time, as a network's batches come.
        for (int row = 0; row < COUNT; row += 2) {
            for (Wanted wanted : List.of(NARROW, WIDE)) {
                if (missing.contains(wanted.key())) {
                    sink.append(wanted.key(), values(wanted.width(), row, row + 2));
                }
            }
        }
    };

    @Test
    void onePassFillsSeveralFeaturesAndTheSameAgainHits() {
        try (FeatureCache cache = cache(ENOUGH)) {
            cache.get(List.of(NARROW, WIDE), COUNT, filler);
            cache.get(List.of(WIDE, NARROW), COUNT, filler);

            assertThat(passes).containsExactly(List.of(NARROW.key(), WIDE.key()));
            assertThat(cache.misses()).isEqualTo(2);
            assertThat(cache.hits()).isEqualTo(2);
        }
    }

    @Test
    void onlyWhatIsMissingIsComputed() {
        try (FeatureCache cache = cache(ENOUGH)) {
            cache.get(List.of(WIDE), COUNT, filler);
            List<Rows> rows = cache.get(List.of(NARROW, WIDE), COUNT, filler);

            assertThat(passes).containsExactly(List.of(WIDE.key()), List.of(NARROW.key()));
            assertRows(rows.get(0), NARROW.width());
            assertRows(rows.get(1), WIDE.width());
        }
    }

    @Test
    void aFeatureWantedTwiceIsComputedOnce() {
        try (FeatureCache cache = cache(ENOUGH)) {
            List<Rows> rows = cache.get(List.of(NARROW, NARROW), COUNT, filler);

            assertThat(rows.get(1)).isSameAs(rows.get(0));
            assertThat(passes).hasSize(1);
        }
    }

    @Test
    void eachPartOfTheKeyCounts() {
        try (FeatureCache cache = cache(ENOUGH)) {
            List<FeatureKey> others = List.of(
                    new FeatureKey("other", "conv1", "mean", "p", "d"),
                    new FeatureKey("w", "other", "mean", "p", "d"),
                    new FeatureKey("w", "conv1", "other", "p", "d"),
                    new FeatureKey("w", "conv1", "mean", "other", "d"),
                    new FeatureKey("w", "conv1", "mean", "p", "other"));
            cache.get(List.of(NARROW), COUNT, filler);
            for (FeatureKey other : others) {
                cache.get(
                        List.of(new Wanted(other, 3)),
                        COUNT,
                        (missing, sink) -> sink.append(other, values(3, 0, COUNT)));
            }

            assertThat(cache.misses()).isEqualTo(6);
            assertThat(cache.hits()).isZero();
        }
    }

    @Test
    void beyondTheMemoryLimitRowsGoToAFileWithTheSameValuesOfWhichNothingRemains() {
        try (FeatureCache cache = cache(4L * COUNT * NARROW.width())) {
            List<Rows> rows = cache.get(List.of(NARROW, WIDE), COUNT, filler);

            if (!System.getProperty("os.name").startsWith("Windows")) {
                assertThat(spillFiles())
                        .as("a name that a killed process would leave behind")
                        .isEmpty();
            }
            assertRows(rows.get(0), NARROW.width());
            assertRows(rows.get(1), WIDE.width());
        }
        assertThat(spillFiles()).isEmpty();
    }

    @Test
    void aFailingFillLeavesNothingBehind() {
        long roomForTheWideOnce = 4L * COUNT * WIDE.width();
        Filler failing = (missing, sink) -> {
            sink.append(WIDE.key(), values(WIDE.width(), 0, 4));
            throw new IllegalArgumentException("the disk burned");
        };
        try (FeatureCache cache = cache(roomForTheWideOnce)) {
            assertThatThrownBy(() -> cache.get(List.of(WIDE, NARROW), COUNT, failing))
                    .hasMessage("the disk burned");
            assertThat(spillFiles()).isEmpty();

            assertRows(cache.get(List.of(WIDE), COUNT, filler).get(0), WIDE.width());
            assertThat(spillFiles()).as("its memory was given back").isEmpty();
            assertThat(passes).as("it is computed anew").hasSize(1);
        }
    }

    @Test
    void anErrorWhileFillingLeavesNothingBehindEither() {
        try (FeatureCache cache = cache(0)) {
            assertThatThrownBy(() -> cache.get(List.of(WIDE), COUNT, (missing, sink) -> {
                        throw new AssertionError("out of something");
                    }))
                    .isInstanceOf(AssertionError.class);
            assertThat(spillFiles()).isEmpty();
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsAStorageProblemThatNamesThePlace() {
        Path nowhere = folder.resolve("nowhere");
        try (FeatureCache cache = new FeatureCache(0, nowhere)) {
            assertThatThrownBy(() -> cache.get(List.of(WIDE), COUNT, filler))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(nowhere.toString());
        }
    }

    @Test
    void aFillThatGivesTooFewOrTooManyRowsFails() {
        try (FeatureCache cache = cache(ENOUGH)) {
            assertThatThrownBy(() -> cache.get(
                            List.of(NARROW), COUNT, (missing, sink) -> sink.append(NARROW.key(), values(3, 0, 9))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("9 of 10 rows");
            assertThatThrownBy(() -> cache.get(
                            List.of(NARROW), COUNT, (missing, sink) -> sink.append(NARROW.key(), values(3, 0, 11))))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static float[] values(int width, int from, int to) {
        float[] values = new float[(to - from) * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(width, from + i / width, i % width);
        }
        return values;
    }

    private static float value(int width, int row, int column) {
        return width * 1000f + row + column / 64f;
    }

    private static void assertRows(Rows rows, int width) {
        assertThat(rows.count()).isEqualTo(COUNT);
        assertThat(rows.width()).isEqualTo(width);
        float[] target = new float[width + 2];
        for (int row = COUNT - 1; row >= 0; row--) {
            rows.read(row, target, 2);
            for (int column = 0; column < width; column++) {
                assertThat(target[2 + column]).isEqualTo(value(width, row, column));
            }
        }
    }

    private FeatureCache cache(long memoryLimitBytes) {
        return new FeatureCache(memoryLimitBytes, folder);
    }

    private List<Path> spillFiles() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
