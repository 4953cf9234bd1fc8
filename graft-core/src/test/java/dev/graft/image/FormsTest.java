package dev.graft.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file in the folders {@code tiff}, {@code webp}, {@code forms} and {@code seen} is a test: it must give the picture
 * of its name in {@code expected}, which the scripts beside the folders made.
 */
class FormsTest {
    /** Where the file's name begins with "near", its format leaves the rounding open. */
    private static final int NEAR = 1;

    @TempDir
    private Path directory;

    static Stream<String> files() {
        return Stream.of("tiff", "webp", "forms", "seen").flatMap(folder -> Pictures.in(folder).stream());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFormGivesThePixelsOfItsReference(String name) {
        Image found = ImageFiles.read(Pictures.copy(name, directory));
        Image expected = ImageFiles.read(
                Pictures.write(directory.resolve("expected.png"), Pictures.bytes("expected/" + name + ".png")));

        assertThat(found.height()).isEqualTo(expected.height());
        assertThat(found.width()).isEqualTo(expected.width());
        assertThat(found.channels()).isEqualTo(expected.channels());
        assertThat(largestDifference(found, expected)).isLessThanOrEqualTo(name.contains("/near-") ? NEAR : 0);
    }

    private static int largestDifference(Image found, Image expected) {
        int largest = 0;
        for (int i = 0; i < found.pixels().length; i++) {
            largest = Math.max(largest, Math.abs((found.pixels()[i] & 0xFF) - (expected.pixels()[i] & 0xFF)));
        }
        return largest;
    }

    @ParameterizedTest
    @CsvSource({
        "tiff/rgb-lzw.tif, ''",
        "tiff/srgb-profile.tif, ''",
        "tiff/extra.tif, SURPLUS_SAMPLES",
        "tiff/grey-extra-3.tif, SURPLUS_SAMPLES",
        "tiff/extra-unsaid.tif, SURPLUS_SAMPLES",
        "tiff/alpha.tif, TRANSPARENT",
        "tiff/alpha-premultiplied.tif, TRANSPARENT",
        "tiff/alpha-and-extra.tif, SURPLUS_SAMPLES TRANSPARENT",
        "tiff/extra16.tif, SURPLUS_SAMPLES DEEP_SAMPLES",
        "tiff/grey12.tif, DEEP_SAMPLES",
        "tiff/inks.tif, INKS",
        "tiff/pages.tif, SEVERAL_FRAMES",
        "tiff/profile.tif, COLOR_PROFILE",
        "webp/lossy-smooth-16x16-40.webp, ''",
        "webp/alpha-plain.webp, TRANSPARENT",
        "webp/alpha-lossless.webp, TRANSPARENT",
        "webp/animation.webp, SEVERAL_FRAMES",
        "webp/frame-on-canvas.webp, SEVERAL_FRAMES TRANSPARENT",
        "webp/profile.webp, COLOR_PROFILE",
        "forms/told-colors.png, ''",
        "forms/srgb-profile.png, ''",
        "forms/profile.png, COLOR_PROFILE",
        "forms/grey4-clear-8.png, TRANSPARENT",
        "forms/interlaced16.png, DEEP_SAMPLES",
        "forms/interlaced-alpha.png, TRANSPARENT",
        "forms/animation.png, SEVERAL_FRAMES",
        "forms/alpha-version5.bmp, TRANSPARENT",
        "forms/whole.gif, ''",
        "forms/clear.gif, TRANSPARENT",
        "forms/clear-around.gif, TRANSPARENT",
        "forms/two-frames.gif, SEVERAL_FRAMES",
        "forms/near-profile.jpg, COLOR_PROFILE",
        "forms/near-srgb-profile.jpg, ''",
        "cmyk.jpg, INKS"
    })
    void whatIsLeftOutOrConvertedIsTold(String name, String oddities) {
        DecodedImage decoded = ImageFiles.decode(Pictures.copy(name, directory));

        assertThat(decoded.oddities().stream().sorted().map(Oddity::name).toList())
                .containsExactly(oddities.isEmpty() ? new String[0] : oddities.split(" ", -1));
        assertThat(decoded.warnings(directory.resolve("any." + extension(name))))
                .hasSize(decoded.oddities().size());
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "tiff/turned-6.tif, 6",
        "tiff/turned-3.tif, 3",
        "webp/turned-6.webp, 6",
        "exif-6.png, 6",
        "exif-5.jpg, 5"
    })
    void theOrientationOfEveryFormatIsApplied(String name, int orientation) {
        assertThat(ImageFiles.decode(Pictures.copy(name, directory)).orientation())
                .isEqualTo(orientation);
    }

    @Test
    void everyFormatIsReadWhateverTheContextClassLoader() {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(null);
            for (String name :
                    new String[] {"rgb8.png", "rgb.jpg", "rgb.bmp", "palette.gif", "rgb.tiff", "lossy.webp"}) {
                assertThat(ImageFiles.read(Pictures.copy(name, directory)).channels())
                        .isEqualTo(3);
            }
        } finally {
            thread.setContextClassLoader(usual);
        }
    }
}
