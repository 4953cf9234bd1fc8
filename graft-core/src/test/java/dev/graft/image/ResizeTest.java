package dev.graft.image;

import static org.assertj.core.api.Assertions.assertThat;

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
        float[] input = samples(height * width * channels, expected.get("seed").asInt());

        float[] resized = Resize.bilinear(
                input,
                height,
                width,
                channels,
                expected.get("newHeight").asInt(),
                expected.get("newWidth").asInt());

        JsonNode values = expected.get("values");
        assertThat(resized).hasSize(values.size());
        for (int i = 0; i < resized.length; i++) {
            assertThat(resized[i])
                    .as("sample %d", i)
                    .isCloseTo((float) values.get(i).asDouble(), Offset.offset(TOLERANCE));
        }
    }

    @Test
    void sameSizeChangesNothing() {
        float[] input = samples(5 * 7 * 3, 9);

        assertThat(Resize.bilinear(input, 5, 7, 3, 5, 7)).containsExactly(input);
    }

    @Test
    void aPlainPictureStaysPlain() {
        float[] input = new float[31 * 17];
        Arrays.fill(input, 200f);

        for (float value : Resize.bilinear(input, 31, 17, 1, 28, 28)) {
            assertThat(value).isCloseTo(200f, Offset.offset(TOLERANCE));
        }
    }

    @Test
    void aLongThinPictureNeedsNoHugePictureInBetween() {
        int height = 3_000_000;
        float[] input = new float[height];
        Arrays.fill(input, 9f);

        float[] resized = Resize.bilinear(input, height, 1, 1, 4, 1000);

        assertThat(resized).hasSize(4000);
        assertThat(resized[3999]).isCloseTo(9f, Offset.offset(TOLERANCE));
    }

    private static float[] samples(int count, int seed) {
        float[] values = new float[count];
        int state = seed;
        for (int i = 0; i < count; i++) {
            state = 1664525 * state + 1013904223;
            values[i] = state >>> 24;
        }
        return values;
    }
}
