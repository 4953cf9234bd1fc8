package dev.graft.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decodes what Pillow decoded: {@code expected} holds its pixels, {@code make_pictures.py} made both. */
class DecodingReferenceTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exif-6.png",
                "exif-8.webp",
                "exif-3.tiff",
                "lossless.webp",
                "alpha.webp",
                "animated.webp",
                "pixel.webp",
                "noise.webp",
                "deflated.tiff",
                "noise.tiff",
                "cmyk.tiff",
                "bilevel.tiff",
                "pages.tiff",
                "lossy.webp"
            })
    void exactFormatsGiveTheSamePixelsAsPillow(String name) {
        assertThat(largestDifference(name)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "exif-1.jpg, 1", "exif-2.jpg, 1", "exif-3.jpg, 1", "exif-4.jpg, 1",
        "exif-5.jpg, 1", "exif-6.jpg, 1", "exif-7.jpg, 1", "exif-8.jpg, 1",
        "progressive.jpg, 1", "subsampled.jpg, 1", "rgb.jpg, 1", "profile.jpg, 1",
        "no-marker.jpg, 1", "cmyk-smooth.jpg, 1", "ycck.jpg, 1", "pixel.jpg, 1",
        "noise-progressive.jpg, 2"
    })
    void lossyFilesComeCloseToPillow(String name, int levels) {
        assertThat(largestDifference(name)).isLessThanOrEqualTo(levels);
    }

    @Test
    void theOrientationIsTold() {
        assertThat(decode("exif-7.jpg").orientation()).isEqualTo(7);
        assertThat(decode("exif-6.png").orientation()).isEqualTo(6);
        assertThat(decode("exif-8.webp").orientation()).isEqualTo(8);
        assertThat(decode("exif-3.tiff").orientation()).isEqualTo(3);
        assertThat(decode("progressive.jpg").orientation()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"animated.gif", "animated.webp", "pages.tiff"})
    void severalFramesAreAWarning(String name) {
        Path file = Pictures.copy(name, directory);

        assertThat(ImageFiles.decode(file).warnings(file))
                .containsExactly("an animation or several pages: only the first is used");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey.gif", "lossless.webp", "rgb.tiff", "rgb8.png", "color.jpg", "rgb.bmp"})
    void ordinaryFilesHaveNoWarning(String name) {
        Path file = Pictures.copy(name, directory);

        assertThat(ImageFiles.decode(file).warnings(file)).isEmpty();
    }

    @Test
    void anotherExtensionThanTheContentsIsAWarning() {
        Path file = Pictures.write(directory.resolve("a.JPG"), Pictures.bytes("rgb8.png"));

        DecodedImage decoded = ImageFiles.decode(file);

        assertThat(decoded.format()).isEqualTo(ImageFormat.PNG);
        assertThat(decoded.warnings(file)).singleElement().asString().contains("PNG");
    }

    private DecodedImage decode(String name) {
        return ImageFiles.decode(Pictures.copy(name, directory));
    }

    private int largestDifference(String name) {
        Image found = decode(name).image();
        Image expected = ImageFiles.read(
                Pictures.write(directory.resolve("expected.png"), Pictures.bytes("expected/" + name + ".png")));
        assertThat(found.height()).isEqualTo(expected.height());
        assertThat(found.width()).isEqualTo(expected.width());
        assertThat(found.channels()).isEqualTo(expected.channels());
        int largest = 0;
        for (int i = 0; i < found.pixels().length; i++) {
            largest = Math.max(largest, Math.abs((found.pixels()[i] & 0xFF) - (expected.pixels()[i] & 0xFF)));
        }
        return largest;
    }
}
