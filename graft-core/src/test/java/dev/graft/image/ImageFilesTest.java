package dev.graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.data.Image;
import dev.graft.error.DataException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
    private static final int JPEG_TOLERANCE = 2;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"grey8.png", "grey8-gamma.png"})
    void greySamplesStayExactlyAsTheyAreStored(String name) {
        Image image = read(name);

        assertThat(image.channels()).isEqualTo(1);
        assertThat(samples(image)).containsExactly(IntStream.range(0, 256).toArray());
    }

    @ParameterizedTest
    @CsvSource({
        "grey1.png, 0 255 0 255",
        "grey2.png, 0 85 170 255",
        "grey4.png, 0 85 170 255",
        "grey16.png, 0 0 1 100 255",
        "grey-alpha8.png, 100 0 100 1",
        "grey-alpha16.png, 100 0 128",
        "palette-of-greys.png, 255 9 80",
        "one-pixel.png, 42",
        "grey.bmp, 0 100 200 255",
        "grey.gif, 0 100 200 255"
    })
    void greyOfEveryDepthAndTransparencyIsOneChannel(String name, String expected) {
        Image image = read(name);

        assertThat(image.channels()).isEqualTo(1);
        assertThat(samples(image)).containsExactly(integers(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "rgb8.png, 255 0 0 1 2 3 100 150 200",
        "rgb8-grey-pixels.png, 7 7 7 90 90 90",
        "rgb16.png, 255 0 100 1 2 0",
        "rgba8.png, 200 100 50 0 0 0 100 50 25",
        "rgba16.png, 100 200 255 0 0 0",
        "palette.png, 10 20 30 255 0 0 0 255 0",
        "palette-alpha.png, 10 20 30 0 0 0 0 128 0",
        "rgb.bmp, 255 0 0 0 255 0 0 0 255 10 20 30",
        "palette.gif, 255 0 0 0 255 0 0 0 255 10 20 30"
    })
    void colourOfEveryFormIsThreeChannels(String name, String expected) {
        Image image = read(name);

        assertThat(image.channels()).isEqualTo(3);
        assertThat(samples(image)).containsExactly(integers(expected));
    }

    @Test
    void contentIsDecodedLikeAFileAndWithinItsOwnLimitOfPixels() {
        byte[] content = Pictures.bytes("rgb.bmp");

        assertThat(ImageFiles.decode("picture 1", content, 4).image().pixels())
                .isEqualTo(read("rgb.bmp").pixels());
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ImageFiles.decode("picture 1", content, 3))
                .withMessageContaining("picture 1")
                .withMessageContaining("at most 3 pixels");
    }

    @Test
    void rowsAndColumnsKeepTheirPlaces() {
        Image image = read("rgb.bmp");

        assertThat(image.height()).isEqualTo(2);
        assertThat(image.width()).isEqualTo(2);
        assertThat(image.sample(0, 1, 1)).isEqualTo(255);
        assertThat(image.sample(1, 0, 2)).isEqualTo(255);
    }

    @Test
    void jpegDecodesGreyAndColour() {
        Image grey = read("grey.jpg");
        Image color = read("color.jpg");

        assertThat(grey.channels()).isEqualTo(1);
        assertThat(IntStream.of(samples(grey))).allMatch(sample -> Math.abs(sample - 100) <= JPEG_TOLERANCE);
        assertThat(color.channels()).isEqualTo(3);
        int[] expected = {200, 100, 50};
        int[] found = samples(color);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isBetween(expected[i % 3] - JPEG_TOLERANCE, expected[i % 3] + JPEG_TOLERANCE);
        }
    }

    @Test
    void anAnimationGivesItsFirstFrame() {
        Image image = read("animated.gif");

        assertThat(samples(image)).startsWith(255, 0, 0);
    }

    @Test
    void contentDecidesAndNotTheName() {
        Path disguised = Pictures.write(directory.resolve("really-a-png.jpg"), Pictures.bytes("rgb8.png"));

        assertThat(samples(ImageFiles.read(disguised))).startsWith(255, 0, 0);
    }

    @Test
    void aMissingFileIsNamed() {
        assertRefused(directory.resolve("missing.png"), "There is no image file", "missing.png", "nothing");
    }

    @Test
    void aFolderIsRefused() {
        assertRefused(directory, "There is no image file", "a folder");
    }

    @Test
    void aFileOfZeroBytesIsRefused() {
        assertRefused(Pictures.write(directory.resolve("empty.png"), new byte[0]), "empty.png", "0 bytes");
    }

    @Test
    void textRenamedToPngIsRefused() {
        byte[] text = "This is not a picture.".getBytes(StandardCharsets.UTF_8);

        assertRefused(Pictures.write(directory.resolve("text.png"), text), "text.png", "another kind", "22 bytes");
    }

    @Test
    void aFormatBeyondTheSixIsRefused() {
        byte[] portable = "P3 1 1 255 10 20 30".getBytes(StandardCharsets.US_ASCII);

        assertRefused(
                Pictures.write(directory.resolve("portable.ppm"), portable),
                "a whole PNG, JPEG, GIF, BMP, TIFF or WebP file",
                "another kind");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "noise.png",
                "noise.jpg",
                "noise-progressive.jpg",
                "noise.gif",
                "noise.webp",
                "noise-lossy.webp",
                "noise.tiff",
                "rgb.bmp",
                "cmyk-smooth.jpg",
                "grey.jpg",
                "grey8.png"
            })
    void aTruncatedFileIsRefusedAndNeverFilledWithGrey(String name) {
        byte[] whole = Pictures.bytes(name);
        for (int percent : new int[] {5, 20, 50, 75, 90, 97}) {
            byte[] part = Arrays.copyOf(whole, whole.length * percent / 100);

            assertRefused(Pictures.write(directory.resolve("cut-" + percent + name), part), "cannot be decoded");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bomb.png, 30000 x 30000",
        "bomb.jpg, 30000 x 30000",
        "bomb.gif, 30000 x 30000",
        "bomb.tiff, 30000 x 30000",
        "bomb-extended.webp, 30000 x 30000",
        "bomb-lossy.webp, 16383 x 16383",
        "bomb-lossless.webp, 16383 x 16383"
    })
    void aBombIsRefusedByItsHeaderWithoutTakingMemory(String name, String dimensions) {
        Path bomb = Pictures.copy(name, directory);
        assertRefused(bomb, "too large", dimensions, "at most 100000000 pixels");

        long before = allocatedBytes();
        assertRefused(bomb, "too large");
        assertThat(allocatedBytes() - before).isLessThan(16 << 20);
    }

    @Test
    void aFlippedBitInAPngIsRefused() {
        byte[] content = Pictures.bytes("noise.png");
        content[content.length / 2] ^= 1;

        assertRefused(Pictures.write(directory.resolve("flipped.png"), content), "checksum");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "noise.png",
                "noise.jpg",
                "noise.gif",
                "rgb.bmp",
                "palette-alpha.png",
                "grey16.png",
                "grey.bmp",
                "animated.gif",
                "rgb.tiff",
                "noise.tiff",
                "cmyk.tiff",
                "exif-6.jpg",
                "ycck.jpg",
                "noise-progressive.jpg",
                "noise-lossy.webp",
                "alpha.webp",
                "animated.webp"
            })
    void damagedContentGivesAnImageOrADataException(String name) {
        Random random = new Random(name.hashCode());
        byte[] whole = Pictures.bytes(name);
        for (int round = 0; round < 60; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                // Most faults go into the headers, where they matter.
                int place = random.nextInt(random.nextBoolean() ? Math.min(64, damaged.length) : damaged.length);
                damaged[place] = (byte) random.nextInt(256);
            }
            Path file = Pictures.write(directory.resolve("damaged"), damaged);
            try {
                assertThat(ImageFiles.read(file).pixels()).isNotEmpty();
            } catch (DataException e) {
                assertThat(e).hasMessageContaining(file.toString());
            } catch (RuntimeException | Error e) {
                throw new AssertionError(name + ", round " + round, e);
            }
        }
    }

    @Test
    void filesAreClosedAfterSuccessAndAfterFailure() throws Exception {
        Path good = Pictures.copy("rgb8.png", directory);
        Path bad = Pictures.write(directory.resolve("bad.png"), Arrays.copyOf(Pictures.bytes("noise.png"), 500));
        // Far beyond the usual limit of open files, were each of them left open.
        for (int i = 0; i < 300; i++) {
            ImageFiles.read(good);
            assertRefused(bad, "bad.png");
        }
        Path descriptors = Path.of("/proc/self/fd");
        if (Files.isDirectory(descriptors)) {
            try (var open = Files.list(descriptors)) {
                assertThat(open.filter(descriptor -> pointsInto(descriptor, directory)))
                        .isEmpty();
            }
        }
    }

    private static boolean pointsInto(Path descriptor, Path directory) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(directory);
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private Image read(String name) {
        return ImageFiles.read(Pictures.copy(name, directory));
    }

    private static void assertRefused(Path file, String... parts) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ImageFiles.read(file))
                .satisfies(e ->
                        assertThat(e.getMessage()).contains(file.toString()).contains(parts));
    }

    private static int[] samples(Image image) {
        return IntStream.range(0, image.pixels().length)
                .map(i -> image.pixels()[i] & 0xFF)
                .toArray();
    }

    private static int[] integers(String text) {
        return Arrays.stream(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    }
}
