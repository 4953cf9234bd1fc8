package dev.graft.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A table gives, bit for bit, what the preprocessing gives. */
class LevelTableTest {
    private static final int OFFSET = 3;

    static Stream<Preprocessing> preprocessings() {
        return Stream.of(
                Preprocessing.unitRange(16, 12, 1),
                new Preprocessing(16, 12, 1, List.of(0.1307f), List.of(0.3081f)),
                new Preprocessing(16, 12, 3, List.of(0.1f, 0.2f, 0.3f), List.of(0.4f, 0.5f, 0.6f)),
                Preprocessing.imageNet(16, Preprocessing.DEFAULT_FIT),
                Preprocessing.imageNet(16, new ResizeMode.CenterCrop(16, Interpolation.BICUBIC)),
                // Resizes even what has the input's size.
                Preprocessing.imageNet(16, new ResizeMode.CenterCrop(20, Interpolation.BICUBIC)));
    }

    @ParameterizedTest
    @MethodSource("preprocessings")
    void imagesOfAnySizeAndChannelsBecomeTheSameValues(Preprocessing preprocessing) {
        LevelTable table = new LevelTable(preprocessing);
        for (int[] size : new int[][] {{16, 12}, {16, 16}, {20, 20}, {9, 31}}) {
            for (int channels : new int[] {1, 3}) {
                Image image = image(size[0], size[1], channels);
                float[] expected = new float[OFFSET + preprocessing.elements()];
                float[] found = expected.clone();

                preprocessing.apply(image, expected, OFFSET);
                table.apply(image, found, OFFSET);

                assertThat(found)
                        .as(size[0] + " x " + size[1] + " x " + channels)
                        .isEqualTo(expected);
            }
        }
    }

    private static Image image(int height, int width, int channels) {
        byte[] pixels = new byte[height * width * channels];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
        return new Image(height, width, channels, pixels);
    }
}
