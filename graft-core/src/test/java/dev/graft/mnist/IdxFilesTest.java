package dev.graft.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.LabeledImages;
import dev.graft.error.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFilesTest {
    private static final List<String> CLASSES = List.of("a", "b", "c");
    private static final byte[] IMAGES = IdxBytes.images(3, 2, 5);
    private static final byte[] LABELS = IdxBytes.labels(2, 0, 1);

    private Path directory;
    private Path images;
    private Path labels;

    @BeforeEach
    void writeAGoodPair(@TempDir Path temporary) throws IOException {
        directory = temporary;
        images = directory.resolve("images");
        labels = directory.resolve("labels");
        Files.write(images, IMAGES);
        Files.write(labels, LABELS);
    }

    @Test
    void imagesAndLabelsAreReadInOrder() {
        LabeledImages data = IdxFiles.read("letters", images, labels, CLASSES);

        assertThat(data.name()).isEqualTo("letters");
        assertThat(data.classNames()).isEqualTo(CLASSES);
        assertThat(data.size()).isEqualTo(3);
        assertThat(new int[] {data.label(0), data.label(1), data.label(2)}).containsExactly(2, 0, 1);
        assertThat(data.image(1).height()).isEqualTo(2);
        assertThat(data.image(1).width()).isEqualTo(5);
        assertThat(data.image(1).pixels()).containsExactly(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
    }

    @Test
    void contentDecidesWhetherAFileIsGzippedNotItsName() throws IOException {
        String plain = IdxFiles.read("letters", images, labels, CLASSES).digest();
        Path misnamed = Files.write(directory.resolve("plain.gz"), IMAGES);
        Files.write(labels, IdxBytes.gzip(LABELS));

        assertThat(IdxFiles.read("letters", misnamed, labels, CLASSES).digest()).isEqualTo(plain);
    }

    @Test
    void aGzipHeaderMayCarryNameCommentExtraAndChecksum() throws IOException {
        byte[] packed = IdxBytes.gzip(LABELS);
        byte[] optional = {3, 0, 'x', 'y', 'z', 'n', 0, 'c', 'c', 0, 1, 2};
        ByteBuffer file = ByteBuffer.allocate(packed.length + optional.length);
        file.put(packed, 0, 10).put(optional).put(packed, 10, packed.length - 10);
        file.put(3, (byte) (2 | 4 | 8 | 16));
        Files.write(labels, file.array());

        assertThat(IdxFiles.read("letters", images, labels, CLASSES).label(0)).isEqualTo(2);
    }

    @Test
    void aWrongMagicNumberIsShownBesideTheExpectedOne() throws IOException {
        Files.write(images, IdxBytes.header(0x0D03, 3, 2, 5));

        assertRefused(images).hasMessageContaining("expected  0x00000803").hasMessageContaining("found     0x00000d03");
    }

    @Test
    void swappedFilesAreRecognised() {
        assertThatThrownBy(() -> IdxFiles.read("letters", labels, images, CLASSES))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("this is the file of the images");
    }

    @Test
    void aPageInPlaceOfTheFileIsRefused() throws IOException {
        Files.writeString(images, "<!DOCTYPE html><title>404</title>");

        assertRefused(images).hasMessageContaining("found     0x3c21444f");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 15})
    void aFileThatEndsInsideItsHeaderIsRefused(int length) throws IOException {
        Files.write(images, Arrays.copyOf(IMAGES, length));

        assertRefused(images).hasMessageContaining(length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 45, 47, 60})
    void aFileOfAnotherSizeThanDeclaredIsRefusedWithBothNumbers(int length) throws IOException {
        Files.write(images, Arrays.copyOf(IMAGES, length));

        assertRefused(images)
                .hasMessageContaining("expected  46 bytes, with a header for 3 x 2 x 5")
                .hasMessageContaining("found     " + length + " bytes");
    }

    @Test
    void aGzippedFileWithLessThanDeclaredIsRefusedWithBothNumbers() throws IOException {
        Files.write(images, IdxBytes.gzip(Arrays.copyOf(IMAGES, 40)));

        assertRefused(images).hasMessageContaining("expected  46 bytes").hasMessageContaining("found     40 bytes");
    }

    @Test
    void aGzippedFileWithMoreThanDeclaredIsRefused() throws IOException {
        Files.write(images, IdxBytes.gzip(Arrays.copyOf(IMAGES, 47)));

        assertRefused(images).hasMessageContaining("expected  46 bytes").hasMessageContaining("found     more");
    }

    @Test
    void aGzipBombIsNotInflatedBeyondWhatItsHeaderDeclares() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(images))) {
            out.write(IMAGES);
            for (int i = 0; i < 64; i++) {
                out.write(new byte[1 << 20]);
            }
        }

        assertRefused(images).hasMessageContaining("found     more");
    }

    @Test
    void aHeaderAloneCannotMakeTheReaderTakeMemory() throws IOException {
        int tooMuchForThisHeap =
                (int) Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory());
        Files.write(images, IdxBytes.gzip(IdxBytes.header(0x803, tooMuchForThisHeap, 1, 1)));
        Files.write(labels, IdxBytes.gzip(IdxBytes.header(0x801, tooMuchForThisHeap)));

        assertRefused(labels).hasMessageContaining("found     8 bytes");
    }

    static Stream<int[]> impossibleDimensions() {
        return Stream.of(
                new int[] {3, -1, -1},
                new int[] {-1, -1, -1},
                new int[] {3, 0x8000, 0x8000},
                new int[] {0x10000, 0x10000, 0x10000},
                new int[] {3, 0, 5},
                new int[] {0, 2, 5},
                new int[] {0x7FFFFFFF, 1, 1});
    }

    @ParameterizedTest
    @MethodSource("impossibleDimensions")
    void dimensionsThatOverflowOrVanishAreRefused(int[] dimensions) throws IOException {
        Files.write(images, IdxBytes.header(0x803, dimensions));

        assertRefused(images)
                .hasMessageContaining("impossible dimensions")
                .hasMessageContaining("found     " + Integer.toUnsignedString(dimensions[0]) + " x "
                        + Integer.toUnsignedString(dimensions[1]));
    }

    @Test
    void differentCountsAreRefusedWithBothFilesAndNumbers() throws IOException {
        Files.write(labels, IdxBytes.labels(0, 1));

        assertRefused(labels).hasMessageContaining("3 in " + images).hasMessageContaining("2 in " + labels);
    }

    @Test
    void aLabelOutOfRangeIsRefusedWithItsIndex() throws IOException {
        Files.write(labels, IdxBytes.labels(0, 2, 255));

        assertRefused(labels)
                .hasMessageContaining("label 2 of")
                .hasMessageContaining("expected  0 to 2")
                .hasMessageContaining("found     255");
    }

    @Test
    void aGzipFileCutShortAnywhereIsRefused() throws IOException {
        byte[] whole = IdxBytes.gzip(LABELS);
        for (int length = 2; length < whole.length; length++) {
            Files.write(labels, Arrays.copyOf(whole, length));

            assertRefused(labels).hasMessageContaining("the gzip stream is cut short");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 1000})
    void bytesBehindAGzipStreamAreRefused(int extra) throws IOException {
        byte[] whole = IdxBytes.gzip(LABELS);
        Files.write(labels, Arrays.copyOf(whole, whole.length + extra));

        assertRefused(labels).hasMessageContaining("bytes follow the end of its gzip stream");
    }

    @Test
    void aSecondGzipMemberIsRefusedAsTrailingBytes() throws IOException {
        byte[] whole = IdxBytes.gzip(LABELS);
        Files.write(
                labels,
                ByteBuffer.allocate(2 * whole.length).put(whole).put(whole).array());

        assertRefused(labels).hasMessageContaining("bytes follow");
    }

    @Test
    void aWrongGzipChecksumIsRefused() throws IOException {
        byte[] whole = IdxBytes.gzip(LABELS);
        whole[whole.length - 8] ^= 1;
        Files.write(labels, whole);

        assertRefused(labels).hasMessageContaining("checksum");
    }

    @Test
    void aMissingFileIsNamed() {
        Path nowhere = directory.resolve("nowhere");

        assertThatThrownBy(() -> IdxFiles.read("letters", nowhere, labels, CLASSES))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("does not exist")
                .hasMessageContaining(nowhere.toString());
    }

    @Test
    void aDirectoryInPlaceOfTheFileIsRefused() {
        assertThatThrownBy(() -> IdxFiles.read("letters", directory, labels, CLASSES))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(directory.toString());
    }

    /** 800 damaged pairs from a fixed seed: each is read, or refused with the one exception that users are shown. */
    @Test
    void damagedBytesAreReadOrRefusedButNeverCrash() throws IOException {
        Random random = new Random(9);
        byte[][] good = {IMAGES, LABELS, IdxBytes.gzip(IMAGES), IdxBytes.gzip(LABELS)};
        for (int i = 0; i < 800; i++) {
            byte[] damaged = good[i % 4].clone();
            for (int j = 0; j <= random.nextInt(3); j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(images, i % 2 == 0 ? damaged : IMAGES);
            Files.write(labels, i % 2 == 0 ? LABELS : damaged);

            assertThatCode(() -> {
                        try {
                            IdxFiles.read("letters", images, labels, CLASSES).digest();
                        } catch (DataException e) {
                            assertThat(e).hasMessageContaining(directory.toString());
                        }
                    })
                    .as("mutation %s", i)
                    .doesNotThrowAnyException();
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path file) {
        return assertThatThrownBy(() -> IdxFiles.read("letters", images, labels, CLASSES))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.toString());
    }
}
