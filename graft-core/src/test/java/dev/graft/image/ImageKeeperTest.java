package dev.graft.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.feature.ImageRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageKeeperTest {
    private static final int COUNT = 10;
    private static final int BYTES = 9 * 7 * 3;
    private static final Preprocessing SMALL =
            new Preprocessing(4, 5, 3, List.of(0.1f, 0.2f, 0.3f), List.of(0.5f, 0.6f, 0.7f));

    @TempDir
    Path folder;

    private final AtomicInteger decoded = new AtomicInteger();
    private final LabeledImages source = new Decoded();

    @Test
    void whatFitsIntoMemoryIsNotDecodedAgain() {
        LabeledImages kept = filled(COUNT * BYTES, null).over(source);

        assertRowsAreThoseOf(source, kept, SMALL);
        assertThat(kept.image(3).pixels()).isEqualTo(Decoded.picture(3).pixels());
        assertThat(decoded).hasValue(COUNT);
    }

    @Test
    void whatDoesNotFitIsKeptPrepared() {
        LabeledImages kept = filled(3 * BYTES, SMALL).over(source);

        assertRowsAreThoseOf(source, kept, SMALL);
        assertThat(decoded).as("only for the expectation").hasValue(COUNT);
    }

    @Test
    void anotherPreprocessingIsNotServedFromTheFile() {
        LabeledImages kept = filled(0, SMALL).over(source);

        assertRowsAreThoseOf(source, kept, Preprocessing.unitRange(4, 5, 3));
        assertThat(decoded).hasValue(2 * COUNT);
    }

    @Test
    void withoutAPreprocessingTheRestIsDecodedAgain() {
        LabeledImages kept = filled(3 * BYTES, null).over(source);

        assertRowsAreThoseOf(source, kept, SMALL);
        assertThat(decoded).hasValue(COUNT + COUNT - 3);
    }

    @Test
    void aSubsetOfSomePlacesHasItsOwnRows() {
        int[] places = {8, 2, 5};
        LabeledImages kept = filled(3 * BYTES, SMALL).over(source.subset(places), places);

        LabeledImages chosen = kept.subset(new int[] {2, 0});
        assertRowsAreThoseOf(source.subset(new int[] {5, 8}), chosen, SMALL);
        assertThat(chosen.label(1)).isEqualTo(source.label(8));
        assertThat(chosen.digest()).isEqualTo(source.subset(new int[] {5, 8}).digest());
    }

    @Test
    void withoutAFolderForTheFileNothingIsLost() {
        ImageKeeper keeper = new ImageKeeper(COUNT, SMALL, 0, folder.resolve("absent"));
        IntStream.range(0, COUNT).forEach(i -> keeper.keep(i, Decoded.picture(i)));

        assertRowsAreThoseOf(source, keeper.over(source), SMALL);
    }

    @Test
    void theFileHasNoNameThatCouldRemain() throws IOException {
        filled(0, SMALL);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private ImageKeeper filled(long memory, @Nullable Preprocessing preprocessing) {
        ImageKeeper keeper = new ImageKeeper(COUNT, preprocessing, memory, folder);
        IntStream.range(0, COUNT).parallel().forEach(i -> keeper.keep(i, Decoded.picture(i)));
        return keeper;
    }

    private static void assertRowsAreThoseOf(LabeledImages expected, LabeledImages found, Preprocessing preprocessing) {
        int[] rows = IntStream.range(0, found.size()).toArray();
        float[] expectedRows = new float[rows.length * preprocessing.elements()];
        float[] foundRows = new float[expectedRows.length];
        new ImageRows(expected, preprocessing).read(rows, expectedRows);
        new ImageRows(found, preprocessing).read(rows, foundRows);
        assertThat(foundRows).isEqualTo(expectedRows);
    }

    /** Counts how often it had to make an image. */
    private final class Decoded implements LabeledImages {
        static Image picture(int index) {
            byte[] pixels = new byte[BYTES];
            for (int i = 0; i < BYTES; i++) {
                pixels[i] = (byte) (31 * index + 7 * i * i);
            }
            return new Image(9, 7, 3, pixels);
        }

        @Override
        public String name() {
            return "counted";
        }

        @Override
        public List<String> classNames() {
            return List.of("a", "b");
        }

        @Override
        public int size() {
            return COUNT;
        }

        @Override
        public int label(int index) {
            return index % 3 == 0 ? 0 : 1;
        }

        @Override
        public Image image(int index) {
            decoded.incrementAndGet();
            return picture(index);
        }

        @Override
        public String digest() {
            return Arrays.toString(picture(0).pixels());
        }
    }
}
