package dev.graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.data.Image;
import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PreprocessingTest {
    private static final Offset<Float> CLOSE = Offset.offset(1e-6f);

    @Test
    void scalesSamplesToTheUnitRange() {
        float[] row = apply(Preprocessing.unitRange(1, 3, 1), image(1, 3, 1, 0, 51, 255));

        assertThat(row).containsExactly(new float[] {0f, 0.2f, 1f}, CLOSE);
    }

    @Test
    void subtractsTheMeanAndDividesByTheDeviationOfEachChannel() {
        Preprocessing preprocessing = new Preprocessing(1, 2, 3, List.of(0.1f, 0.2f, 0.3f), List.of(0.5f, 0.25f, 0.1f));

        float[] row = apply(preprocessing, image(1, 2, 3, 0, 51, 255, 51, 0, 0));

        assertThat(row).containsExactly(new float[] {-0.2f, 0f, 7f, 0.2f, -0.8f, -3f}, Offset.offset(1e-5f));
    }

    @Test
    void colourBecomesGreyByLuma() {
        float[] row =
                apply(Preprocessing.unitRange(1, 4, 1), image(1, 4, 3, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255));

        assertThat(row).containsExactly(new float[] {0.299f, 0.587f, 0.114f, 1f}, CLOSE);
    }

    @Test
    void greyBecomesThreeEqualChannels() {
        float[] row = apply(Preprocessing.unitRange(1, 2, 3), image(1, 2, 1, 51, 255));

        assertThat(row).containsExactly(new float[] {0.2f, 0.2f, 0.2f, 1f, 1f, 1f}, CLOSE);
    }

    @Test
    void anotherSizeIsResizedBeforeNormalisation() {
        Preprocessing preprocessing = new Preprocessing(1, 1, 1, List.of(0.5f), List.of(0.5f));

        assertThat(apply(preprocessing, image(2, 2, 1, 0, 255, 255, 0))).containsExactly(new float[] {0f}, CLOSE);
    }

    @Test
    void onePixelFillsTheInput() {
        float[] row = apply(Preprocessing.unitRange(28, 28, 1), image(1, 1, 1, 102));

        assertThat(row).hasSize(784);
        for (float value : row) {
            assertThat(value).isCloseTo(0.4f, CLOSE);
        }
    }

    @Test
    void writesFromTheOffsetOnAndNowhereElse() {
        float[] target = {-1f, -1f, -1f, -1f};

        Preprocessing.unitRange(1, 2, 1).apply(image(1, 2, 1, 0, 255), target, 1);

        assertThat(target).containsExactly(-1f, 0f, 1f, -1f);
    }

    static Stream<JsonNode> torchvisionCases() {
        JsonNode all = JsonMapper.shared().readTree(Pictures.bytes("preprocessing.json"));
        return StreamSupport.stream(all.spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("torchvisionCases")
    void agreesWithTorchvision(JsonNode expected) {
        int size = expected.get("size").asInt();
        int shorterSide = expected.get("shorterSide").asInt();
        Interpolation interpolation =
                Interpolation.valueOf(expected.get("interpolation").asString().toUpperCase(Locale.ROOT));
        ResizeMode fit = shorterSide == 0
                ? new ResizeMode.Stretch(interpolation)
                : new ResizeMode.CenterCrop(shorterSide, interpolation);

        float[] found = apply(Preprocessing.imageNet(size, fit), smoothPicture(expected));

        JsonNode values = expected.get("values");
        assertThat(found).hasSize(values.size());
        double sum = 0;
        for (int i = 0; i < found.length; i++) {
            // torchvision rounds to whole levels after each of two passes; a level is 1 / 255 / 0.225 here.
            double levels = Math.abs(found[i] - values.get(i).asDouble()) * 255 * 0.225;
            assertThat(levels).as("value %d", i).isLessThan(1.3);
            sum += levels;
        }
        assertThat(sum / found.length).isLessThan(0.4);
    }

    /** As make_preprocessing.py makes it. */
    private static Image smoothPicture(JsonNode expected) {
        int height = expected.get("height").asInt();
        int width = expected.get("width").asInt();
        int channels = expected.get("channels").asInt();
        int[] noise = new int[(height + 1) * (width + 1) * channels];
        int state = expected.get("seed").asInt();
        for (int i = 0; i < noise.length; i++) {
            state = 1664525 * state + 1013904223;
            noise[i] = state >>> 24;
        }
        int rowLength = (width + 1) * channels;
        byte[] pixels = new byte[height * width * channels];
        for (int y = 0; y < height; y++) {
            for (int i = 0; i < width * channels; i++) {
                int at = y * rowLength + i;
                pixels[y * width * channels + i] = (byte)
                        ((noise[at] + noise[at + channels] + noise[at + rowLength] + noise[at + rowLength + channels])
                                / 4);
            }
        }
        return new Image(height, width, channels, pixels);
    }

    @Test
    void aCropsFractionGivesTheShorterSideRoundedDown() {
        assertThat(ResizeMode.CenterCrop.ofFraction(224, 0.875, Interpolation.BICUBIC)
                        .shorterSide())
                .isEqualTo(256);
        assertThat(ResizeMode.CenterCrop.ofFraction(224, 0.95, Interpolation.BICUBIC)
                        .shorterSide())
                .isEqualTo(235);
        assertThat(ResizeMode.CenterCrop.ofFraction(32, 1, Interpolation.BILINEAR)
                        .shorterSide())
                .isEqualTo(32);
    }

    @Test
    void aCropLargerThanTheImageIsRefused() {
        ResizeMode fit = new ResizeMode.CenterCrop(200, Interpolation.BILINEAR);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Preprocessing.imageNet(224, fit))
                .withMessageContaining("from 224 to 896")
                .withMessageContaining("200");
        assertThatExceptionOfType(SettingsException.class)
                .as("an image that is resized a thousandfold fills the memory")
                .isThrownBy(() -> Preprocessing.imageNet(
                        224, ResizeMode.CenterCrop.ofFraction(224, 1e-9, Interpolation.BILINEAR)))
                .withMessageContaining("from 224 to 896")
                .withMessageContaining("2147483647");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Preprocessing.unitRange(4096, 100_000, 3))
                .withMessageContaining("at most 4096")
                .withMessageContaining("100000");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> ResizeMode.CenterCrop.ofFraction(224, 0, Interpolation.BILINEAR))
                .withMessageContaining("(0, 1]");
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertRefused(0, 28, 1, List.of(0f), List.of(1f));
        assertRefused(28, -1, 1, List.of(0f), List.of(1f));
        assertRefused(28, 28, 2, List.of(0f, 0f), List.of(1f, 1f));
        assertRefused(28, 28, 3, List.of(0f), List.of(1f));
        assertRefused(28, 28, 1, List.of(0f), List.of(0f));
        assertRefused(28, 28, 1, List.of(Float.NaN), List.of(1f));
        assertRefused(28, 28, 1, List.of(0f), List.of(Float.POSITIVE_INFINITY));
    }

    @Test
    void theRegionIsThePartOfThePictureThatIsKept() {
        Preprocessing stretched = Preprocessing.unitRange(10, 20, 1);
        Preprocessing cropped = stretched.withFit(new ResizeMode.CenterCrop(25, Interpolation.BILINEAR));

        assertThat(stretched.region(30, 40)).isEqualTo(new PictureRegion(0, 0, 30, 40));
        // Scaled to 25 x 50; 10 rows from row 8 on (7.5, halves to even) and 20 columns from column 15 on are kept.
        assertThat(cropped.region(100, 200)).isEqualTo(new PictureRegion(32, 60, 40, 80));
    }

    @Test
    void copiesItsLists() {
        List<Float> mean = new ArrayList<>(List.of(0f));
        Preprocessing preprocessing = new Preprocessing(1, 1, 1, mean, List.of(1f));
        mean.set(0, 5f);

        assertThat(preprocessing.mean()).containsExactly(0f);
    }

    private static void assertRefused(int height, int width, int channels, List<Float> mean, List<Float> std) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new Preprocessing(height, width, channels, mean, std))
                .withMessageContaining("1 or 3 channels");
    }

    private static float[] apply(Preprocessing preprocessing, Image image) {
        float[] row = new float[preprocessing.elements()];
        preprocessing.apply(image, row, 0);
        return row;
    }

    private static Image image(int height, int width, int channels, int... samples) {
        byte[] pixels = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            pixels[i] = (byte) samples[i];
        }
        return new Image(height, width, channels, pixels);
    }
}
