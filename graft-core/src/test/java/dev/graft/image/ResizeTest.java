package dev.graft.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResizeTest {
    // On the scale 0 to 255; Pillow adds up in double, this in float.
    private static final float TOLERANCE = 1e-3f;

    static Stream<JsonNode> cases() {
        JsonNode all = JsonMapper.shared().readTree(Pictures.bytes("resize.json"));
        return StreamSupport.stream(all.spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithPillow(JsonNode expected) {
        int height = expected.get("height").asInt();
        int width = expected.get("width").asInt();
        int channels = expected.get("channels").asInt();
        Image input = image(height, width, channels, expected.get("seed").asInt());

        int newHeight = expected.get("newHeight").asInt();
        int newWidth = expected.get("newWidth").asInt();
        Interpolation interpolation =
                Interpolation.valueOf(expected.get("filter").asString());
        float[] resized = new Resize(input, newHeight, newWidth, interpolation).window(0, 0, newHeight, newWidth);

        JsonNode values = expected.get("values");
        assertThat(resized).hasSize(values.size());
        for (int i = 0; i < resized.length; i++) {
            assertThat(resized[i])
                    .as("sample %d", i)
                    .isCloseTo((float) values.get(i).asDouble(), Offset.offset(TOLERANCE));
        }
    }

    @Test
    void aWindowIsThatPartOfTheWhole() {
        Image input = image(61, 47, 3, 5);
        for (Interpolation interpolation : Interpolation.values()) {
            float[] whole = new Resize(input, 40, 90, interpolation).window(0, 0, 40, 90);
            float[] part = new Resize(input, 40, 90, interpolation).window(7, 30, 20, 11);

            for (int row = 0; row < 20; row++) {
                for (int i = 0; i < 33; i++) {
                    assertThat(part[row * 33 + i])
                            .isCloseTo(whole[((row + 7) * 90 + 30) * 3 + i], Offset.offset(TOLERANCE));
                }
            }
        }
    }

    @Test
    void sameSizeChangesNothing() {
        Image input = image(5, 7, 3, 9);

        float[] resized = new Resize(input, 5, 7, Interpolation.BICUBIC).window(0, 0, 5, 7);

        assertThat(resized).hasSize(105);
        for (int i = 0; i < resized.length; i++) {
            assertThat(resized[i]).isEqualTo(input.pixels()[i] & 0xFF);
        }
    }

    @Test
    void aPlainPictureStaysPlain() {
        for (Interpolation interpolation : Interpolation.values()) {
            for (float value : new Resize(plain(31, 17, 200), 28, 28, interpolation).window(0, 0, 28, 28)) {
                assertThat(value).isCloseTo(200f, Offset.offset(TOLERANCE));
            }
        }
    }

    @Test
    void whatOvershootsIsClipped() {
        byte[] pixels = new byte[64];
        Arrays.fill(pixels, 32, 64, (byte) 255);

        for (float value :
                new Resize(new Image(1, 64, 1, pixels), 1, 640, Interpolation.BICUBIC).window(0, 0, 1, 640)) {
            assertThat(value).isBetween(0f, 255f);
        }
    }

    @Test
    void aLongThinPictureNeedsNoHugePictureInBetween() {
        float[] resized = new Resize(plain(3_000_000, 1, 9), 4, 1000, Interpolation.BILINEAR).window(0, 0, 4, 1000);

        assertThat(resized).hasSize(4000);
        assertThat(resized[3999]).isCloseTo(9f, Offset.offset(TOLERANCE));
    }

    private static Image plain(int height, int width, int level) {
        byte[] pixels = new byte[height * width];
        Arrays.fill(pixels, (byte) level);
        return new Image(height, width, 1, pixels);
    }

    private static Image image(int height, int width, int channels, int seed) {
        byte[] pixels = new byte[height * width * channels];
        int state = seed;
        for (int i = 0; i < pixels.length; i++) {
            state = 1664525 * state + 1013904223;
            pixels[i] = (byte) (state >>> 24);
        }
        return new Image(height, width, channels, pixels);
    }
}
