package dev.graft.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.LabeledTexts;
import dev.graft.error.StorageException;
import dev.graft.feature.FeatureCache.Filler;
import dev.graft.feature.FeatureCache.Wanted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
    void whatIsAPieceOfItselfIsNotPutTogether() {
        LabeledTexts all = LabeledTexts.of("texts", List.of("one", "two"), List.of("a", "b"));
        try (FeatureCache cache = new FeatureCache(ENOUGH)) {
            cache.compose(all.digest(), List.of(new FeatureCache.Piece(all, new int[] {0, 1})));

            assertThat(cache.piecesOf(all.digest())).isNull();
        }
    }

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

    @Test
    void ofSequencesTheTokensThatAreThereAreKeptInMemoryAndInAFile() {
        int[] lengths = {3, 1, 5, 2};
        float[] given = {3, 1, 2, 3, 4, 5, 6, 1, 7, 8, 5, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 2, 0.1f, 20, 21, 22};
        for (long memory : List.of(ENOUGH, 0L)) {
            for (boolean half : List.of(false, true)) {
                try (FeatureCache cache = cache(memory)) {
                    Rows rows = states(cache, new TokenStates(lengths, 2, half), given);

                    float tenth = half ? 0.099975586f : 0.1f;
                    assertThat(rows.values(new int[] {1, 3}))
                            .as("as wide as the longer of both")
                            .containsExactly(1, 7, 8, 0, 0, 2, tenth, 20, 21, 22);
                    float[] row = new float[12];
                    Arrays.fill(row, -1);
                    rows.read(0, row, 1);
                    assertThat(row).containsExactly(-1, 3, 1, 2, 3, 4, 5, 6, 0, 0, 0, 0);
                    assertThat(new RowSubset(rows, new int[] {3, 1}).values(new int[] {1}))
                            .containsExactly(1, 7, 8);
                }
            }
        }
    }

    @Test
    void sequencesOfOtherLengthsThanWereSaidFail() {
        for (float[] given : List.of(new float[] {2, 1, 1, 1, 1}, new float[] {1, 1, 1}, new float[] {1, 1, 1, 3, 1})) {
            try (FeatureCache cache = cache(ENOUGH)) {
                assertThatThrownBy(() -> states(cache, TokenStates.of(new int[] {1, 2}, 2), given))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void sequencesAreKeptIn16BitsWhereTheyTakeMoreThanHalfAGibibyteIn32() {
        int[] lengths = new int[1 << 17];
        Arrays.fill(lengths, 2);

        assertThat(TokenStates.of(lengths, 512).inHalfPrecision()).isFalse();
        assertThat(TokenStates.of(lengths, 513).inHalfPrecision()).isTrue();
        assertThat(TokenStates.of(lengths, 513).bytes()).isEqualTo(2L * 2 * 513 * lengths.length);
    }

    private static Rows states(FeatureCache cache, TokenStates states, float[] given) {
        Wanted wanted = new Wanted(new FeatureKey("w", "layer0", "activation", "p", "d"), 11, states);
        return cache.get(List.of(wanted), states.lengths().length, (missing, sink) -> sink.append(wanted.key(), given))
                .get(0);
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
